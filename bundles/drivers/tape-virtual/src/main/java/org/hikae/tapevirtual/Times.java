package org.hikae.tapevirtual;

/** How long a drive and a library take for what they do, in nanoseconds. */
interface Times {

    /** Nothing takes any time. */
    Times NONE = new Times() {};

    /** The robot moves a cartridge. */
    default long robot() {
        return 0;
    }

    /** A cartridge is threaded and known. */
    default long load() {
        return 0;
    }

    /** A rewound cartridge is let go. */
    default long unload() {
        return 0;
    }

    /**
     * The head goes from one place to another, in bytes from the beginning of the tape; begins anew there, if it is the same
     * place.
     */
    default long travel(long from, long to) {
        return 0;
    }

    /** Bytes go by. */
    default long stream(long bytes) {
        return 0;
    }
}
