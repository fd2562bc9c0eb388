package org.hikae.shell.text;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people write it: {@code 60s}, {@code 5min}, {@code 1h}, {@code 7d}; a number alone is seconds. */
public record TimeSpan(Duration duration) {

    private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9}) ?(s|min|h|d|)");
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** @throws IllegalArgumentException if it is no such time */
    public static TimeSpan parse(String text) {
        Matcher matcher = PATTERN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time such as 60s, 5min, 1h or 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        return new TimeSpan(Duration.ofSeconds(
                switch (matcher.group(2)) {
                    case "d" -> number * DAY;
                    case "h" -> number * HOUR;
                    case "min" -> number * MINUTE;
                    default -> number;
                }));
    }

    /** In the largest unit in which it is a whole number, so that it can be given back: {@code 90s}, {@code 2min}. */
    public static String show(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.getNano() != 0) {
            return Times.show(duration);
        } else if (seconds != 0 && seconds % DAY == 0) {
            return seconds / DAY + "d";
        } else if (seconds != 0 && seconds % HOUR == 0) {
            return seconds / HOUR + "h";
        }
        return seconds != 0 && seconds % MINUTE == 0 ? seconds / MINUTE + "min" : seconds + "s";
    }
}
