package org.hikae.files.client.table;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as configurations have them: {@code 7d}, {@code 12h}, {@code 30min}, {@code 90s}. */
final class KeepText {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6}) ?(d|h|min|s)");
    private static final List<String> UNITS = List.of("d", "h", "min", "s");
    private static final List<Duration> LENGTHS =
            List.of(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1));

    private KeepText() {}

    /** @throws IllegalArgumentException if it cannot be understood: says why */
    static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "the time '" + text + "' cannot be understood: write, for instance, 7d or 12h");
        }
        return LENGTHS.get(UNITS.indexOf(matcher.group(2))).multipliedBy(Long.parseLong(matcher.group(1)));
    }

    /** In the largest unit in which it is a whole number; rounded up to days where it is too long for that. */
    static String of(Duration time) {
        for (int i = 0; i < UNITS.size(); i++) {
            long unit = LENGTHS.get(i).toSeconds();
            if (time.toSeconds() % unit == 0 && time.toSeconds() / unit <= 999_999) {
                return time.toSeconds() / unit + UNITS.get(i);
            }
        }
        return Math.min(999_999, time.toDays() + 1) + "d";
    }
}
