package org.hikae.nbd.protocol;

/** How much the server does at once, and what it tells clients of it. Lengths are in bytes. */
public final class Limits {

    /** The least that is read or written well. */
    public static final int PREFERRED_BYTES = 4096;
    /** The longest read or write that a client may ask for. */
    public static final int MOST_BYTES = 32 << 20;
    /** What clients know the status of allocation by. */
    public static final int ALLOCATION_ID = 1;

    /** What is read, written and sent at once. */
    public static final int PIECE = 1 << 20;
    /** Zeros that are made at once, so that a connection that ends can end them. */
    public static final long ZEROS_PIECE = 256L << 20;
    /** Threads that work for one client, and so its requests in flight. */
    public static final int THREADS = 16;
    /** Extents in one answer: it has 32 KiB then, and the client asks again for the rest. */
    public static final int EXTENTS = 4096;

    private Limits() {}
}
