package org.hikae.api.files.client;

import java.nio.file.Path;

/**
 * The client's buffer area (e.2).
 *
 * @param folder where it is
 * @param used bytes taken
 * @param limit bytes that it may take
 * @param whenFull what happens then
 */
public record BufferSettings(Path folder, long used, long limit, WhenFull whenFull) {

    /** What a local backup does when the buffer is full. Nothing that has not been sent is ever deleted. */
    public enum WhenFull {
        /** It fails, and says so; it is tried again at its next time. */
        FAIL,
        /** It waits for room, until its next time. */
        WAIT
    }
}
