package org.hikae.api.tape;

import java.time.Duration;

/**
 * How the buffer in front of the tapes stands (c.3).
 *
 * @param medium name of the medium that it is on; null: there is none
 * @param chosen what was chosen: a medium's name, {@code auto} or {@code none}
 * @param bytes its size
 * @param usedBytes of it that hold data
 * @param hits number of blocks that were found in it, since the platform started
 * @param misses number of blocks that were read from tape, since then
 * @param bypassed bytes that were read past it, since then
 * @param waiting what is waited for now, in a sentence, such as a cartridge; null: nothing
 * @param patience how long a reader waits for a cartridge that is not in a library
 * @param problem why there is no buffer although one was chosen; null if there is none
 */
public record BufferStatus(
        String medium,
        String chosen,
        long bytes,
        long usedBytes,
        long hits,
        long misses,
        long bypassed,
        String waiting,
        Duration patience,
        String problem) {}
