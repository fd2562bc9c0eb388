package org.hikae.nbd.protocol;

import java.util.Arrays;
import java.util.Optional;

/** What a client may request once it has chosen an export, by its number on the wire. */
public enum Command {
    READ(0, CommandFlag.DF),
    WRITE(1, 0),
    DISC(2, 0),
    FLUSH(3, 0),
    TRIM(4, 0),
    CACHE(5, 0),
    WRITE_ZEROES(6, CommandFlag.NO_HOLE | CommandFlag.FAST_ZERO),
    BLOCK_STATUS(7, CommandFlag.REQ_ONE);

    private final int code;
    private final int flags;

    Command(int code, int flags) {
        this.code = code;
        // A server that knows FUA takes it with every command.
        this.flags = flags | CommandFlag.FUA;
    }

    public static Optional<Command> of(int code) {
        return Arrays.stream(values()).filter(command -> command.code == code).findFirst();
    }

    /** Whether a request with these flags, from {@link CommandFlag}, has none that the command does not know. */
    public boolean takes(int requested) {
        return (requested & ~flags) == 0;
    }

    /** Whether it changes the device, or may. */
    public boolean writes() {
        return this == WRITE || this == TRIM || this == WRITE_ZEROES;
    }
}
