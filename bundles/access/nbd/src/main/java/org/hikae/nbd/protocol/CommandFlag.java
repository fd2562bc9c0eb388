package org.hikae.nbd.protocol;

/** Bits of a request. */
public final class CommandFlag {

    /** What the request writes is durable before it is answered. */
    public static final int FUA = 1;
    /** The zeros are allocated, not punched. */
    public static final int NO_HOLE = 1 << 1;
    /** The data come in one piece. */
    public static final int DF = 1 << 2;
    /** One extent is enough. */
    public static final int REQ_ONE = 1 << 3;
    /** The zeros are written only if that takes less time than writing data. */
    public static final int FAST_ZERO = 1 << 4;

    private CommandFlag() {}
}
