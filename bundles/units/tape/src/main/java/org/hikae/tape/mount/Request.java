package org.hikae.tape.mount;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.tape.mount.Mounts.Purpose;

/** Somebody who wants a cartridge in a drive, or has it. Guarded by the {@link DriveQueue}. */
final class Request {

    final String barcode;
    final Purpose purpose;
    /** The drive that it has; null: it waits. */
    Bay bay;
    /** The drives that could not do it, and why. */
    final Map<Bay, String> failed = new LinkedHashMap<>();

    /** Whether it has a drive and does nothing with it. */
    boolean idle;

    /** How many drives have failed with its cartridge in them; its own thread's. */
    int blamed;

    Request(String barcode, Purpose purpose) {
        this.barcode = barcode;
        this.purpose = purpose;
    }

    /** What is done, for people. */
    String activity() {
        return purpose == Purpose.READ ? "reading" : "writing";
    }
}
