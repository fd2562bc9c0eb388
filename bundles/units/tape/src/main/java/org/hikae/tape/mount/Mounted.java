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

    /** Name of the library that it is in. */
    String library();

    /** What is at its beginning: as it was read, or as it was labelled since. */
    Contents contents();

    /** The label; empty if there is none. */
    default Optional<Label> label() {
        return contents() instanceof Contents.Labelled labelled ? Optional.of(labelled.label()) : Optional.empty();
    }

    /**
     * The drive. It ends with this: used after {@link #close} it throws {@link IllegalStateException}, and so it does if it is
     * written to although that was not the purpose. It cannot be loaded, unloaded or closed.
     */
    TapeDrive drive();

    /** Moves the head to a position, also of a drive that cannot locate: from the beginning, or onward, by filemarks and records. */
    void seek(long position) throws IOException;

    /** Whether somebody else waits for this drive, so that one who has much to do had better let it go for a while. */
    boolean isWanted();

    /**
     * Says whether this is held in case that more is to be done, and nothing is now: then {@link #isWanted} also when the cartridge is to
     * be moved.
     */
    default void idle(boolean now) {}

    /** Says what was written to its beginning, for {@link #contents}. */
    void wrote(Contents contents);

    /** Says that the drive, rather than the cartridge, seems to be at fault: it is not the first choice any more. */
    void suspect(String why);

    /** Lets both go. Idempotent. */
    @Override
    void close();
}
