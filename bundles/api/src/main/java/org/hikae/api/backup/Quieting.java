package org.hikae.api.backup;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Commands of the operating system that bring guests and programs to a point from which they can go on, such as {@code
 * fsfreeze}. They are run by {@code /bin/sh -c} as the platform's own user.
 *
 * @param before run before T0; unless it ends with exit code 0 in time, the backup fails. Null: none.
 * @param after run when T0 was made, or could not be, also if {@code before} failed; the copy begins when it has ended. Null: none.
 * @param limit how long each may take; it is killed then
 * @param folder where they run; null: in the platform's working folder
 */
public record Quieting(String before, String after, Duration limit, Path folder) {

    /** Nothing to quiet. */
    public static final Quieting NONE = new Quieting(null, null, Duration.ofMinutes(1), null);
}
