package org.hikae.shell.command;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hikae.api.files.TransferWindow;

/** Hours in which files may be transferred, as people write them: {@code 22:00-06:00}, {@code Mon-Fri 08:00-18:00}, {@code Sat,Sun 00:00-24:00}. */
final class TransferHours {

    private static final Pattern TEXT =
            Pattern.compile("(?:([A-Za-z]{3}(?:[-,][A-Za-z]{3})*) +)?(\\d{1,2}:\\d\\d)-(\\d{1,2}:\\d\\d)");

    private TransferHours() {}

    /** @throws IllegalArgumentException if it is none */
    static TransferWindow parse(String text, ZoneId zone) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no window such as 22:00-06:00 or 'Mon-Fri 08:00-18:00'");
        }
        Set<DayOfWeek> days = parts.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(parts.group(1), text);
        return new TransferWindow(days, time(parts.group(2), text), time(parts.group(3), text), zone);
    }

    private static LocalTime time(String time, String text) {
        try {
            // The end of a day is the begin of the next.
            return time.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(time.length() < 5 ? "0" + time : time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + time + "' in '" + text + "' is not a time of the day", e);
        }
    }

    private static Set<DayOfWeek> days(String list, String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : list.split(",", -1)) {
            String[] ends = part.split("-", -1);
            DayOfWeek last = day(ends[ends.length - 1], text);
            DayOfWeek day = day(ends[0], text);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String name, String text) {
        return EnumSet.allOf(DayOfWeek.class).stream()
                .filter(day -> show(day).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' in '" + text + "' is not a day: Mon, Tue, Wed, Thu, Fri, Sat or Sun"));
    }

    private static String show(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    /** Null for null. */
    static String show(TransferWindow window) {
        if (window == null) {
            return null;
        }
        String days = window.days().size() == DayOfWeek.values().length
                ? ""
                : window.days().stream().sorted().map(TransferHours::show).collect(Collectors.joining(",")) + " ";
        return days + window.from() + "-" + window.to() + " " + window.zone();
    }
}
