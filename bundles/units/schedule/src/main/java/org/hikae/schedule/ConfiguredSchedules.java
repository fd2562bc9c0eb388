package org.hikae.schedule;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.config.Configured;
import org.osgi.service.cm.ConfigurationAdmin;

/** The schedules that there are configurations of, read whenever they are asked for. Thread-safe. */
final class ConfiguredSchedules {

    private final Configured<Settings> configured;
    /** What was made of which properties: to understand times takes a while, and they know when they come next. Guarded by this. */
    private final Map<String, Understood> understood = new HashMap<>();

    private record Understood(Map<String, Object> properties, Settings settings) {}

    ConfiguredSchedules(ConfigurationAdmin admin) {
        configured = new Configured<>(admin, ScheduleUnit.PID, "schedule");
    }

    /** By name. */
    synchronized List<Settings> all() throws IOException {
        Map<String, Dictionary<String, Object>> there = configured.configured();
        understood.keySet().retainAll(there.keySet());
        List<Settings> all = new ArrayList<>();
        there.forEach((name, properties) -> all.add(understand(name, map(properties))));
        return all;
    }

    private Settings understand(String name, Map<String, Object> properties) {
        Understood last = understood.get(name);
        if (last == null || !last.properties.equals(properties)) {
            last = new Understood(properties, Settings.of(name, properties));
            understood.put(name, last);
        }
        return last.settings;
    }

    private static Map<String, Object> map(Dictionary<String, Object> properties) {
        Map<String, Object> map = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> map.put(key, properties.get(key)));
        return map;
    }

    /** @throws IOException if there is no such schedule */
    Settings get(String name) throws IOException {
        return all().stream()
                .filter(settings -> settings.schedule().name().equals(name))
                .findFirst()
                .orElseThrow(() -> noSuch(name));
    }

    private static IOException noSuch(String name) {
        return new IOException("there is no schedule '" + name + "'; see 'schedule list'");
    }

    /** @throws IOException if the name is not allowed or taken */
    void checkNew(String name) throws IOException {
        configured.checkNew(name);
    }

    void store(String name, Map<String, Object> properties) throws IOException {
        configured.store(name, properties);
    }

    /** Leaves everything else as it is configured, whether it can be understood or not. */
    void setPaused(String name, boolean paused) throws IOException {
        Dictionary<String, Object> there = configured.configured().get(name);
        if (there == null) {
            throw noSuch(name);
        }
        Map<String, Object> properties = map(there);
        properties.put("paused", paused);
        configured.store(name, properties);
    }

    /** @throws IOException if there is no such schedule */
    void remove(String name) throws IOException {
        configured.remove(name);
    }
}
