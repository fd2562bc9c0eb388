package org.hikae.tape.format;

import java.io.IOException;
import org.hikae.api.tape.spi.RecordLimits;

/**
 * How long records are on a drive: all of one length but for those that end something, which are as short as the drive allows.
 *
 * @param limits of the drive
 * @param full bytes of a full record
 */
public record RecordSizes(RecordLimits limits, int full) {

    /** Bytes of a full record, header and all, where the drive allows it. */
    public static final int USUAL = 1 << 18;

    /** With less, a table of a few objects would have many records. */
    private static final int LEAST = 1024;

    /** @throws IOException if the drive takes no records that are long enough */
    public static RecordSizes of(RecordLimits limits) throws IOException {
        return of(limits, USUAL);
    }

    /** @param most bytes that a record may have */
    public static RecordSizes of(RecordLimits limits, int most) throws IOException {
        int room = Math.min(most, limits.most());
        int full = room < limits.least() ? -1 : room - (room - limits.least()) % limits.step();
        if (full < LEAST) {
            throw new IOException("the drive takes records of " + limits.least() + " to " + limits.most() + " bytes by "
                    + limits.step() + ", and " + LEAST + " to " + most + " are needed");
        }
        return new RecordSizes(limits, full);
    }

    /** Bytes of an object, or of a table, in a full record. */
    public int payload() {
        return full - RecordHeader.BYTES;
    }

    /**
     * The length of a record with a payload: zeros behind the payload fill it up.
     *
     * @param payload bytes, up to {@link #payload()}
     */
    public int record(int payload) {
        int bytes = Math.max(limits.least(), RecordHeader.BYTES + payload);
        int over = (bytes - limits.least()) % limits.step();
        return over == 0 ? bytes : bytes + limits.step() - over;
    }

    /** Whether a drive takes all such records too. */
    public boolean suit(RecordLimits others) {
        return others.allow(full) && others.step() == limits.step() && others.least() == limits.least();
    }
}
