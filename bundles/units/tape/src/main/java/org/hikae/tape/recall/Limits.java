package org.hikae.tape.recall;

import java.time.Duration;

/**
 * What bounds recall, in memory, distance and time.
 *
 * @param slot bytes of an object that are read and kept together; a multiple of {@link SlotBuffer#PAGES}
 * @param memory number of slots that are held in memory for all readers: what was read ahead or past the buffer
 * @param window number of slots that are read ahead of a sequential reader
 * @param gap most records that are rather read than jumped over, where a drive passes them sooner than it could locate
 * @param fair bytes that others may be given first before whoever has waited longest is served, wherever the head is
 * @param linger how long a cartridge is kept from others who do not want its drive, while nothing is asked for
 * @param rest how long nothing may be asked for of a cartridge within one recall
 * @param show after which time a recall is shown as a job
 * @param again after which time a buffer that failed is tried again
 */
record Limits(
        int slot,
        int memory,
        int window,
        int gap,
        long fair,
        Duration linger,
        Duration rest,
        Duration show,
        Duration again) {

    private static final int MIB = 1 << 20;

    /** Those of the platform. */
    static final Limits USUAL = new Limits(
            MIB,
            64,
            32,
            4096,
            4L << 30,
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));

    Limits {
        if (slot < 1 || slot % SlotBuffer.PAGES != 0 || memory < 1 || window < 1 || gap < 0) {
            throw new IllegalArgumentException("no limits: " + slot + ", " + memory + ", " + window + ", " + gap);
        }
    }
}
