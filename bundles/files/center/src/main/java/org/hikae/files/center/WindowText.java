package org.hikae.files.center;

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

/** Windows as they are configured: {@code [Mon,Tue,...] HH:MM-HH:MM [ZONE]}; without days every day, without a zone that of the system. */
final class WindowText {

    private static final Pattern TEXT =
            Pattern.compile("(?:([A-Za-z,]+)\\s+)?(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)(?:\\s+([A-Za-z0-9/_+-]+))?");

    private WindowText() {}

    static String show(TransferWindow window) {
        String days = window.days().size() == DayOfWeek.values().length
                ? ""
                : window.days().stream().sorted().map(WindowText::day).collect(Collectors.joining(",")) + " ";
        return days + window.from() + "-" + window.to() + " " + window.zone();
    }

    private static String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    /** @throws IllegalArgumentException if it is none: says what is wrong */
    static TransferWindow parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a window: use [Mon,Tue,...] HH:MM-HH:MM [ZONE]");
        }
        try {
            return new TransferWindow(
                    parts.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(parts.group(1)),
                    LocalTime.parse(parts.group(2)),
                    LocalTime.parse(parts.group(3)),
                    parts.group(4) == null ? ZoneId.systemDefault() : ZoneId.of(parts.group(4)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a window: " + e.getMessage(), e);
        }
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String each : text.split(",", -1)) {
            days.add(EnumSet.allOf(DayOfWeek.class).stream()
                    .filter(day -> day(day).equalsIgnoreCase(each))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + each + "' is not a day: use Mon to Sun")));
        }
        return days;
    }
}
