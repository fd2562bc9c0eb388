package org.hikae.api.files;

import java.time.Instant;
import java.util.UUID;

/**
 * A local backup as it is announced (e.2, e.3).
 *
 * @param identity of this run alone, as its frames begin with it: if a client's numbers begin again, as when its disk was lost, another run
 *     of the same number has another one
 * @param base number of the run that it builds upon, of the same origin and backup; 0: it builds upon none
 * @param baseIdentity of that run; null: it builds upon none, or that is not known
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
        UUID baseIdentity,
        Instant taken,
        TransferWindow window,
        boolean finish,
        long frames,
        long bytes,
        long files) {

    /** Of which it is not known which run it builds upon, but for the number. */
    public RunInfo(
            RunId id,
            UUID identity,
            long base,
            Instant taken,
            TransferWindow window,
            boolean finish,
            long frames,
            long bytes,
            long files) {
        this(id, identity, base, null, taken, window, finish, frames, bytes, files);
    }

    /** The same run, as somebody else calls it. */
    public RunInfo named(RunId name) {
        return new RunInfo(name, identity, base, baseIdentity, taken, window, finish, frames, bytes, files);
    }

    /** The same, of which there are so many frames. */
    public RunInfo with(long there) {
        return new RunInfo(id, identity, base, baseIdentity, taken, window, finish, there, bytes, files);
    }
}
