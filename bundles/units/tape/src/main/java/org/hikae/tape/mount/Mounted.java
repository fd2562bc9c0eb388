package org.hikae.tape.mount;

import java.io.IOException;
import java.util.Optional;
import org.hikae.api.tape.spi.TapeDrive;

/**
 * A cartridge in a drive, for one who uses both alone until this is closed. The cartridge may stay loaded then; what was written
 * must be settled before.
 */
public interface Mounted extends AutoCloseable {

    String barcode();

    /** The label as it was read; empty if there is none of ours. */
    Optional<Label> label();

    TapeDrive drive();

    /** Moves the head to a position, also of a drive that cannot locate: from the beginning, or onward, by filemarks and records. */
    void seek(long position) throws IOException;

    /** Whether somebody else waits for this drive, so that one who has much to do had better let it go for a while. */
    boolean isWanted();

    /** Says that the drive, rather than the cartridge, seems to be at fault: it is not the first choice any more. */
    void suspect(String why);

    /** Lets both go. Idempotent. */
    @Override
    void close();
}
