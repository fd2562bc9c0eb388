package org.hikae.files.client.table;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.client.BackupRow;
import org.hikae.config.Configured;
import org.hikae.cron.CronTimes;
import org.hikae.files.client.select.Selection;

/**
 * A row as it is configured. Whatever a configuration says, it is one: what cannot be understood is its problem, and nothing is backed up
 * until that is put right.
 *
 * @param row as far as it can be understood
 * @param selection null if it cannot
 * @param times null: never by itself
 * @param problem what cannot be understood, in a sentence; null: everything can
 */
public record Row(BackupRow row, Selection selection, CronTimes times, String problem) {

    private static final String NEXT = "next";
    private static final String END_TO_END = "end-to-end";

    public String name() {
        return row.name();
    }

    public boolean isUsable() {
        return problem == null;
    }

    static Row of(String name, Map<String, Object> properties) {
        Reader reader = new Reader(properties);
        ZoneId zone = reader.get("zone", ZoneId::of, ZoneId.systemDefault());
        BackupRow row = new BackupRow(
                name,
                reader.list("paths"),
                reader.list("exclusions"),
                reader.get("times", text -> text, null),
                zone,
                reader.get("window", text -> WindowText.parse(text, zone), (TransferWindow) null),
                reader.get("finish", Row::flag, false),
                reader.get("center", text -> text, null),
                reader.get("keep", KeepText::parse, Duration.ZERO),
                reader.get("release", text -> endToEnd(text, reader), false));
        CronTimes times = reader.understood(() -> row.times() == null ? null : CronTimes.parse(row.times(), zone));
        Selection selection = reader.understood(() -> new Selection(row.paths(), row.exclusions()));
        if (!Configured.isName(name)) {
            reader.note("'" + name + "' cannot be the name of a backup");
        }
        return new Row(row, selection, times, reader.problem);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException("whether it is finished, '" + text + "', is not true or false");
        };
    }

    /** What cannot be understood releases no more than what can: runs are sent and released whether the row is usable or not. */
    private static boolean endToEnd(String text, Reader reader) {
        if (!text.equals(NEXT) && !text.equals(END_TO_END)) {
            reader.note("what releases its runs, '" + text + "', is not " + NEXT + " or " + END_TO_END);
        }
        return !text.equals(NEXT);
    }

    /** What is configured for a row, besides its name. */
    static Map<String, Object> properties(BackupRow row) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("paths", row.paths().toArray(String[]::new));
        properties.put("exclusions", row.exclusions().toArray(String[]::new));
        properties.put("finish", row.finish());
        put(properties, "times", row.times());
        put(properties, "zone", row.zone() == null ? null : row.zone().getId());
        put(properties, "window", row.window() == null ? null : WindowText.of(row.window()));
        put(properties, "center", row.center());
        boolean kept = row.keepInBuffer() != null && !row.keepInBuffer().isZero();
        put(properties, "release", row.endToEnd() ? END_TO_END : null);
        put(properties, "keep", kept ? KeepText.of(row.keepInBuffer()) : null);
        return properties;
    }

    private static void put(Map<String, Object> properties, String name, String value) {
        if (value != null) {
            properties.put(name, value);
        }
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

        List<String> list(String name) {
            Object value = properties.get(name);
            if (value instanceof Object[] array) {
                return Arrays.stream(array).map(Objects::toString).toList();
            } else if (value instanceof Collection<?> collection) {
                return collection.stream().map(Objects::toString).toList();
            }
            return value == null || value.toString().isBlank() ? List.of() : List.of(value.toString());
        }

        <T> T get(String name, Function<String, T> understand, T otherwise) {
            Object value = properties.get(name);
            String text = value == null ? "" : value.toString().strip();
            if (text.isEmpty()) {
                return otherwise;
            }
            T understood = understood(() -> understand.apply(text));
            return understood == null ? otherwise : understood;
        }

        /** Null, and noted, if it fails. */
        <T> T understood(Supplier<T> supplier) {
            try {
                return supplier.get();
            } catch (IllegalArgumentException | DateTimeException e) {
                note(e.getMessage());
                return null;
            }
        }
    }
}
