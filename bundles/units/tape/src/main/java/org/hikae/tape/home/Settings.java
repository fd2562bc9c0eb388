package org.hikae.tape.home;

import java.time.Duration;

/**
 * What was chosen for all tapes.
 *
 * @param buffer the medium that the buffer is on: a name, {@link #AUTO}, or {@link #NONE}
 * @param bufferBytes room of the buffer, bytes from {@link #LEAST_BUFFER}
 * @param patience how long one waits for a cartridge that is in no library, 0 or more
 */
public record Settings(String buffer, long bufferBytes, Duration patience) {

    /** The first medium that can be overwritten. */
    public static final String AUTO = "auto";

    /** No buffer. */
    public static final String NONE = "none";

    public static final long LEAST_BUFFER = 16L << 20;

    /** What nobody has chosen. */
    public static final Settings DEFAULT = new Settings(AUTO, 10L << 30, Duration.ofMinutes(5));

    public Settings {
        if (buffer.isEmpty() || bufferBytes < LEAST_BUFFER || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "no settings: buffer '" + buffer + "' of " + bufferBytes + " bytes, patience " + patience);
        }
    }
}
