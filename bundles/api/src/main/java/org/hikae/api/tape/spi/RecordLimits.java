package org.hikae.api.tape.spi;

/**
 * The sizes of records that a drive takes.
 *
 * @param least bytes, from 1
 * @param most bytes, from {@code least}
 * @param step the length of a record is {@code least} and a multiple of this; from 1
 */
public record RecordLimits(int least, int most, int step) {

    public RecordLimits {
        if (least < 1 || most < least || step < 1) {
            throw new IllegalArgumentException("no limits of records: " + least + " to " + most + " by " + step);
        }
    }

    /** Whether a record may have that many bytes. */
    public boolean allow(int length) {
        return length >= least && length <= most && (length - least) % step == 0;
    }
}
