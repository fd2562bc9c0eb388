package org.hikae.nbd.protocol;

/** How the server answers an option, by its number on the wire; those with the highest bit set refuse it. */
public enum OptionReply {
    ACK(1),
    SERVER(2),
    INFO(3),
    META_CONTEXT(4),
    ERR_UNSUP(1 << 31 | 1),
    ERR_POLICY(1 << 31 | 2),
    ERR_INVALID(1 << 31 | 3),
    ERR_UNKNOWN(1 << 31 | 6),
    ERR_SHUTDOWN(1 << 31 | 7),
    ERR_TOO_BIG(1 << 31 | 9);

    private final int code;

    OptionReply(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
