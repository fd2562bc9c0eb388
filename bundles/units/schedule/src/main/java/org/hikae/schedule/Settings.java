package org.hikae.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.group.Meta;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.Window;
import org.hikae.api.tape.Tapes;
import org.hikae.config.Configured;

/**
 * A schedule as it is configured. Whatever a configuration says, it is one: what cannot be understood is its problem, and
 * nothing is begun until that is put right.
 *
 * @param schedule as far as it can be understood
 * @param plan null if it cannot
 * @param problem what cannot be understood, in a sentence; null: everything can
 */
record Settings(Schedule schedule, Plan plan, String problem) {

    static final String META = "all";

    private static final Pattern WINDOW = Pattern.compile("([0-9]{2}:[0-9]{2}) ?- ?([0-9]{2}:[0-9]{2})");

    boolean isUsable() {
        return problem == null;
    }

    static Settings of(String name, Map<String, Object> properties) {
        Reader reader = new Reader(properties);
        ZoneId zone = reader.get("zone", ZoneId::of, ZoneId.systemDefault());
        Schedule schedule = new Schedule(
                name,
                reader.subject(),
                reader.text("medium"),
                reader.get("full", text -> text, null),
                reader.get("differential", text -> text, null),
                zone,
                reader.get("window", Settings::window, null),
                reader.get("keep", KeepText::parse, null),
                reader.tape(),
                reader.get("paused", Settings::flag, false));
        Plan plan = reader.understood(() -> Plan.of(schedule));
        if (!Configured.isName(name)) {
            reader.note("'" + name + "' cannot be the name of a schedule");
        } else if (schedule.medium().isEmpty()) {
            reader.note("its configuration names no medium");
        }
        return new Settings(schedule, plan, reader.problem);
    }

    /** Reads properties, and notes the first that cannot be understood. */
    private static final class Reader {

        private final Map<String, Object> properties;
        private String problem;

        Reader(Map<String, Object> properties) {
            this.properties = properties;
        }

        void note(String what) {
            problem = problem == null ? what : problem;
        }

        String text(String name) {
            Object value = properties.get(name);
            return value == null ? "" : value.toString().strip();
        }

        <T> T get(String name, Function<String, T> parse, T otherwise) {
            String text = text(name);
            T value = text.isEmpty() ? null : understood(() -> parse.apply(text));
            return value == null ? otherwise : value;
        }

        /** Null if it cannot be understood. */
        <T> T understood(Supplier<T> what) {
            try {
                return what.get();
            } catch (IllegalArgumentException | DateTimeException e) {
                note(e.getMessage());
                return null;
            }
        }

        /** Null: nothing goes to tape. */
        TapePolicy tape() {
            Duration after = get("tapeAfter", SpanText::parse, null);
            int above = get("tapeAbove", Settings::percent, 0);
            Duration keepBoth = get("tapeKeepBoth", SpanText::parse, null);
            if (after == null && above == 0) {
                String named = text("tapePool");
                if (keepBoth != null || !named.isEmpty() && !named.equals(Tapes.DEFAULT_POOL)) {
                    note("its configuration does not say what goes to tape: give tapeAfter, tapeAbove, or both");
                }
                return null;
            }
            String pool = get("tapePool", text -> text, Tapes.DEFAULT_POOL);
            return understood(() -> new TapePolicy(after, above, keepBoth, pool));
        }

        Schedule.Subject subject() {
            String disk = text("disk");
            String group = text("group");
            if (disk.isEmpty() == group.isEmpty()) {
                note("its configuration must name a disk or a group, and not both");
            }
            Meta meta = get("meta", Settings::meta, Meta.ALL);
            return group.isEmpty() ? new Schedule.OfDisk(disk) : new Schedule.OfGroup(group, meta);
        }
    }

    private static Meta meta(String text) {
        return switch (text) {
            case META -> Meta.ALL;
            case "group" -> Meta.GROUP;
            default -> throw new IllegalArgumentException("its meta is '" + text + "': write all or group");
        };
    }

    private static int percent(String text) {
        if (!text.matches("[0-9]{1,3}%?")) {
            throw new IllegalArgumentException("the mark '" + text + "' is no percentage: write, for instance, 80");
        }
        return Integer.parseInt(text.replace("%", ""));
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("whether it is paused, '" + text + "', is not true or false");
        };
    }

    private static Window window(String text) {
        Matcher times = WINDOW.matcher(text);
        try {
            if (times.matches()) {
                return new Window(LocalTime.parse(times.group(1)), LocalTime.parse(times.group(2)));
            }
        } catch (DateTimeException e) {
            throw notAWindow(text);
        }
        throw notAWindow(text);
    }

    private static IllegalArgumentException notAWindow(String text) {
        return new IllegalArgumentException(
                "the window '" + text + "' cannot be understood: write, for instance, 22:00-05:30");
    }

    /** What is configured for a schedule, besides its name. */
    static Map<String, Object> properties(Schedule schedule) {
        Map<String, Object> properties = new HashMap<>();
        if (schedule.subject() instanceof Schedule.OfGroup group) {
            properties.put("group", group.group());
            properties.put("meta", group.meta().name().toLowerCase(Locale.ROOT));
        } else {
            properties.put("disk", ((Schedule.OfDisk) schedule.subject()).disk());
        }
        properties.put("medium", schedule.medium());
        put(properties, "full", schedule.full());
        put(properties, "differential", schedule.differential());
        properties.put("zone", schedule.zone().getId());
        if (schedule.window() != null) {
            properties.put(
                    "window", schedule.window().from() + "-" + schedule.window().to());
        }
        put(properties, "keep", schedule.keep() == null ? null : schedule.keep().text());
        putTape(properties, schedule.tape());
        properties.put("paused", schedule.paused());
        return properties;
    }

    private static void putTape(Map<String, Object> properties, TapePolicy tape) {
        if (tape != null) {
            put(properties, "tapeAfter", tape.after() == null ? null : SpanText.of(tape.after()));
            put(properties, "tapeAbove", tape.above() == 0 ? null : Integer.toString(tape.above()));
            put(properties, "tapeKeepBoth", tape.keepBoth() == null ? null : SpanText.of(tape.keepBoth()));
            put(properties, "tapePool", tape.pool());
        }
    }

    private static void put(Map<String, Object> properties, String name, String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
