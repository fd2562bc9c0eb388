package org.hikae.tape.mount;

import java.time.Duration;

/**
 * How long a library and its drives may take; what takes longer hangs.
 *
 * @param open to open a library, and to say what is where in it
 * @param move to move a cartridge, and to load or unload it
 * @param operation of a drive, such as to go from one end of a tape to the other
 * @param grace to end what was cancelled
 */
public record Limits(Duration open, Duration move, Duration operation, Duration grace) {

    /** Some times what the slowest need. */
    public static final Limits USUAL =
            new Limits(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofSeconds(20));
}
