package org.hikae.shell.command;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.schedule.Window;
import org.hikae.shell.call.UsageException;

/** Hours of the day, as people write them: {@code 01:00-05:00}, over midnight too. */
final class WindowOption {

    private static final String TIME = "([01]?[0-9]|2[0-3]):([0-5][0-9])";
    private static final Pattern PATTERN = Pattern.compile(TIME + "-(?:" + TIME + "|24:00)");

    private WindowOption() {}

    /** @throws UsageException if it is none, or never or always open */
    static Window parse(String text) throws UsageException {
        Matcher matcher = PATTERN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new UsageException("'" + text + "' is no window such as 01:00-05:00 or 22:00-06:00");
        }
        // The end of a day is the begin of the next.
        LocalTime to = matcher.group(3) == null ? LocalTime.MIDNIGHT : time(matcher, 3);
        try {
            return new Window(time(matcher, 1), to);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--window " + text + " is either never or always open; leave it out for always");
        }
    }

    private static LocalTime time(Matcher matcher, int group) {
        return LocalTime.of(Integer.parseInt(matcher.group(group)), Integer.parseInt(matcher.group(group + 1)));
    }

    /** As {@link #parse} takes it; null for null. */
    static String show(Window window) {
        return window == null ? null : window.from() + "-" + window.to();
    }
}
