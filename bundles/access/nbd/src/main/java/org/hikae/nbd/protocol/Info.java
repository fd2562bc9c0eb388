package org.hikae.nbd.protocol;

/** What the server tells of an export in a reply {@link OptionReply#INFO}, by its number on the wire. */
public enum Info {
    EXPORT(0),
    NAME(1),
    DESCRIPTION(2),
    BLOCK_SIZE(3);

    private final short code;

    Info(int code) {
        this.code = (short) code;
    }

    public short code() {
        return code;
    }
}
