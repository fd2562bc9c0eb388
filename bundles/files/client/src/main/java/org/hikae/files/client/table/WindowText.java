package org.hikae.files.client.table;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.files.TransferWindow;

/** Windows as configurations have them: {@code 22:00-05:30}, {@code Sat,Sun 00:00-24:00}. */
final class WindowText {

    private static final String TIME = "((?:[01][0-9]|2[0-3]):[0-5][0-9])";
    private static final Pattern WINDOW =
            Pattern.compile("(?:([A-Za-z, ]+) +)?" + TIME + " ?- ?(?:" + TIME + "|24:00)");

    private WindowText() {}

    /** @throws IllegalArgumentException if it cannot be understood: says why */
    static TransferWindow parse(String text, ZoneId zone) {
        Matcher matcher = WINDOW.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the window '" + text
                    + "' cannot be understood: write, for instance, 22:00-05:30 or Sat,Sun 00:00-24:00");
        }
        LocalTime to = matcher.group(3) == null ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group(3));
        return new TransferWindow(days(matcher.group(1)), LocalTime.parse(matcher.group(2)), to, zone);
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (text == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        for (String word : text.strip().split("[, ]+")) {
            days.add(day(word));
        }
        return days;
    }

    private static DayOfWeek day(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name();
            if (word.length() >= 2 && name.startsWith(word.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no day of the week: write, for instance, Mon");
    }

    static String of(TransferWindow window) {
        String hours = window.from() + "-" + window.to();
        if (window.days().size() == DayOfWeek.values().length) {
            return hours;
        }
        List<String> days = new ArrayList<>();
        for (DayOfWeek day : new TreeSet<>(window.days())) {
            days.add(day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT));
        }
        return String.join(",", days) + " " + hours;
    }
}
