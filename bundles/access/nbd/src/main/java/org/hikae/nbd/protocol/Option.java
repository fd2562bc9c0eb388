package org.hikae.nbd.protocol;

import java.util.Arrays;
import java.util.Optional;

/** What a client may ask for during the handshake, by its number on the wire. */
public enum Option {
    EXPORT_NAME(1),
    ABORT(2),
    LIST(3),
    STARTTLS(5),
    INFO(6),
    GO(7),
    STRUCTURED_REPLY(8),
    LIST_META_CONTEXT(9),
    SET_META_CONTEXT(10);

    private final int code;

    Option(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<Option> of(int code) {
        return Arrays.stream(values()).filter(option -> option.code == code).findFirst();
    }
}
