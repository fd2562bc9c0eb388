package org.hikae.shell.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants and durations for people to read, the same in every locale. */
public final class Times {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", Locale.ROOT);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

    private Times() {}

    /** The local day; a dash for null. */
    public static String day(Instant instant, ZoneId zone) {
        return instant == null ? "-" : DAY.format(instant.atZone(zone));
    }

    /** Local time with its zone, to the second; a dash for null. */
    public static String show(Instant instant, ZoneId zone) {
        return instant == null ? "-" : SECONDS.format(instant.atZone(zone));
    }

    /** Local time with its zone, to the millisecond; a dash for null. */
    public static String showExactly(Instant instant, ZoneId zone) {
        return instant == null ? "-" : MILLIS.format(instant.atZone(zone));
    }

    /** Local time with its zone, to the nanosecond; a dash for null. */
    public static String showNanos(Instant instant, ZoneId zone) {
        return instant == null ? "-" : NANOS.format(instant.atZone(zone));
    }

    /** {@code 0.35 ms}, {@code 4.31 s}, {@code 2:03 min}, {@code 25:02:03 h}. */
    public static String show(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        if (seconds < 0.9995) {
            return Digits.three(seconds * 1e3) + " ms";
        } else if (seconds < 59.95) {
            return Digits.three(seconds) + " s";
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
        }
        return String.format(Locale.ROOT, "%d:%02d:%02d h", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
