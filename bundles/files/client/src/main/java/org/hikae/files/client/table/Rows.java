package org.hikae.files.client.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.api.files.client.BackupRow;
import org.hikae.config.Configured;
import org.osgi.service.cm.ConfigurationAdmin;

/** The rows that there are configurations of, read whenever they are asked for. Thread-safe. */
public final class Rows {

    public static final String PID = "org.hikae.client.backup";

    private final Configured<Row> configured;
    /** What was made of which properties: to understand them takes a while. Guarded by this. */
    private final Map<String, Understood> understood = new HashMap<>();

    private record Understood(Map<String, Object> properties, Row row) {}

    public Rows(ConfigurationAdmin admin) {
        configured = new Configured<>(admin, PID, "client");
    }

    /** By name. */
    public synchronized List<Row> all() throws IOException {
        Map<String, Dictionary<String, Object>> there = configured.configured();
        understood.keySet().retainAll(there.keySet());
        List<Row> all = new ArrayList<>();
        there.forEach((name, properties) -> all.add(understand(name, map(properties))));
        return all;
    }

    private Row understand(String name, Map<String, Object> properties) {
        Understood last = understood.get(name);
        if (last == null || !same(last.properties, properties)) {
            last = new Understood(properties, Row.of(name, properties));
            understood.put(name, last);
        }
        return last.row;
    }

    /** Lists are arrays. */
    private static boolean same(Map<String, Object> a, Map<String, Object> b) {
        return a.keySet().equals(b.keySet())
                && a.keySet().stream().allMatch(key -> Objects.deepEquals(a.get(key), b.get(key)));
    }

    private static Map<String, Object> map(Dictionary<String, Object> properties) {
        Map<String, Object> map = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> map.put(key, properties.get(key)));
        // Whoever has stored them may keep the arrays.
        map.replaceAll((key, value) -> value instanceof Object[] array ? Arrays.copyOf(array, array.length) : value);
        return map;
    }

    /** @throws IOException if there is no such row */
    public Row get(String name) throws IOException {
        return all().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no backup '" + name + "'; see 'client list'"));
    }

    /** @throws IOException if the name is not allowed or taken, or something in it cannot be understood */
    public void checkNew(BackupRow row) throws IOException {
        if (!Configured.isName(row.name())) {
            throw new IOException("'" + row.name() + "' cannot be the name of a backup"
                    + ": use a letter or digit, then up to 62 letters, digits, dots, dashes and underscores");
        } else if (configured.configured().containsKey(row.name())) {
            throw new IOException("there is a backup '" + row.name() + "' already; choose another name");
        }
        check(row);
    }

    /** @throws IOException if something in it cannot be understood */
    public void check(BackupRow row) throws IOException {
        Row made = Row.of(row.name(), Row.properties(row));
        if (!made.isUsable()) {
            throw new IOException(made.problem());
        }
    }

    public void store(BackupRow row) throws IOException {
        configured.store(row.name(), Row.properties(row));
    }

    /** @throws IOException if there is no such row */
    public void remove(String name) throws IOException {
        get(name);
        configured.remove(name);
    }
}
