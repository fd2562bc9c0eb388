package org.hikae.api.tape.spi;

/**
 * What was read.
 *
 * @param records number of records that were read
 * @param end what was met behind them
 */
public record ReadRecords(int records, End end) {

    /** What ends reading. */
    public enum End {
        /** Nothing: all buffers were filled. */
        NONE,
        /** A filemark; the head is behind it. */
        FILEMARK,
        /** The end of data; the head is before it. */
        DATA
    }
}
