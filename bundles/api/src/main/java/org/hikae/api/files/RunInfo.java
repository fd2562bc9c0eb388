package org.hikae.api.files;

import java.time.Instant;
import java.util.UUID;

/**
 * A local backup as it is announced (e.2, e.3).
 *
 * @param identity of this run alone, as its frames begin with it: if a client's numbers begin again, as when its disk was lost, another run
 *     of the same number has another one
 * @param base number of the run that it builds upon, of the same origin and backup; 0: it builds upon none
 * @param taken when it was made, by the client's clock
 * @param window the client's wish; null: any time
 * @param finish whether a transfer that has begun may go on after the window has closed
 * @param frames number of its frames, at least 1
 * @param bytes of its frames as they are sent, about
 * @param files number of files with content or changed attributes
 */
public record RunInfo(
        RunId id,
        UUID identity,
        long base,
        Instant taken,
        TransferWindow window,
        boolean finish,
        long frames,
        long bytes,
        long files) {}
