package org.hikae.log;

import java.io.IOException;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.log.LogStrategy;
import org.hikae.config.Configured;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The strategies that users chose. They are read from the configurations themselves, so that what was stored a moment
 * ago is in force for the next backup.
 */
final class Strategies {

    static final String PID = "org.hikae.log.strategy";

    /** No disk can have this name. */
    static final String DEFAULT_NAME = "_default";

    private final Configured<LogStrategy> configured;

    Strategies(ConfigurationAdmin admin) {
        configured = new Configured<>(admin, PID, "log strategy");
    }

    LogStrategy get(String disk) {
        Map<String, Dictionary<String, Object>> all = all();
        Dictionary<String, Object> found = all.get(nameOf(disk));
        if (found == null) {
            found = all.get(DEFAULT_NAME);
        }
        return found == null ? LogStrategy.DEFAULT : strategy(found);
    }

    boolean has(String disk) {
        return all().containsKey(nameOf(disk));
    }

    private Map<String, Dictionary<String, Object>> all() {
        try {
            return configured.configured();
        } catch (IOException e) {
            throw new IllegalStateException("the log strategies cannot be read: " + e.getMessage(), e);
        }
    }

    private static String nameOf(String disk) {
        return disk == null ? DEFAULT_NAME : disk;
    }

    void set(String disk, LogStrategy strategy) throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("gather", strategy.gather());
        properties.put("place", strategy.place());
        properties.put("logMedium", strategy.logMedium() == null ? "" : strategy.logMedium());
        configured.store(nameOf(disk), properties);
    }

    void forget(String disk) throws IOException {
        if (has(disk)) {
            configured.remove(nameOf(disk));
        }
    }

    private static LogStrategy strategy(Dictionary<String, Object> properties) {
        String medium = text(properties, "logMedium", "");
        return new LogStrategy(
                text(properties, "gather", LogStrategy.DEFAULT.gather()),
                text(properties, "place", LogStrategy.DEFAULT.place()),
                medium.isEmpty() ? null : medium);
    }

    private static String text(Dictionary<String, Object> properties, String name, String otherwise) {
        Object value = properties.get(name);
        return value == null ? otherwise : value.toString();
    }
}
