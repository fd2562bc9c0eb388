package org.hikae.tape.store.write;

import java.util.UUID;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tape.mount.Mounted;

/** A cartridge in a drive that is being written to. Used by the thread that writes. */
final class Target {

    final Mounted mounted;
    final UUID volume;

    /** Whether it is tried once more after the last thing that was done with it failed. */
    final boolean again;

    /** Position of the head. */
    long head;

    /** Position before which everything is on the tape. */
    long settled;

    /** Whether a filemark ends the data before the head, so that a table may follow. */
    boolean marked;

    /** Whether the end of the medium is near. */
    boolean warned;

    /** Whether something has come to the tape since it was mounted. */
    boolean progressed;

    /** Whether the session has written a table to it. */
    boolean listed;

    Target(Mounted mounted, UUID volume, boolean again, long head) {
        this.mounted = mounted;
        this.volume = volume;
        this.again = again;
        this.head = head;
        this.settled = head;
    }

    TapeDrive drive() {
        return mounted.drive();
    }

    String barcode() {
        return mounted.barcode();
    }

    /** All before the head is on the tape. */
    void settle(long position) {
        if (position > settled) {
            settled = position;
            progressed = true;
        }
    }

    Suspended suspend(boolean trouble) {
        return new Suspended(barcode(), volume, settled, marked && settled == head, listed, trouble);
    }

    /**
     * A cartridge that was let go, to be gone on with.
     *
     * @param position where
     * @param marked as {@link Target#marked}
     * @param listed as {@link Target#listed}
     * @param trouble whether it was let go because something failed
     */
    record Suspended(String barcode, UUID volume, long position, boolean marked, boolean listed, boolean trouble) {}
}
