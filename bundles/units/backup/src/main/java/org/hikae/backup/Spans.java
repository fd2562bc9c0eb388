package org.hikae.backup;

import java.time.Duration;

/** Times as people write them: {@code 7d}, {@code 12h}, {@code 90s}. */
final class Spans {

    private Spans() {}

    /** In the largest unit in which it is a whole number. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        if (seconds == 0) {
            return "0s";
        } else if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        } else if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "min" : seconds + "s";
    }
}
