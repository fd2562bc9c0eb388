package org.hikae.tape.store.write;

import java.time.Duration;
import org.hikae.tape.format.RecordSizes;

/**
 * What a session takes.
 *
 * @param window records that are kept until the drive says that they are on the tape, at most
 * @param ring records between those who bring data and the drive
 * @param batch records that are given to the drive at once, and that an object has in a row where others are written too
 * @param extents after which a table is written, whatever becomes whole with it
 * @param record bytes of a record, at most
 * @param grace how long one who ends a session waits for the drive before it is told to stop
 */
public record WriteLimits(int window, int ring, int batch, int extents, int record, Duration grace) {

    /** 64 MiB in the drive, 32 MiB before it, stripes of 4 MiB. */
    public static final WriteLimits USUAL =
            new WriteLimits(256, 128, 16, 16_384, RecordSizes.USUAL, Duration.ofSeconds(10));

    public WriteLimits {
        if (window < 1 || ring < 1 || batch < 1 || extents < 1) {
            throw new IllegalArgumentException("no limits of a session");
        }
    }
}
