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
        try {
            Map<String, Dictionary<String, Object>> all = configured.configured();
            Dictionary<String, Object> found = disk == null ? null : all.get(disk);
            if (found == null) {
                found = all.get(DEFAULT_NAME);
            }
            return found == null ? LogStrategy.DEFAULT : strategy(found);
        } catch (IOException e) {
            throw new IllegalStateException("the log strategies cannot be read: " + e.getMessage(), e);
        }
    }

    void set(String disk, LogStrategy strategy) throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("gather", strategy.gather());
        properties.put("place", strategy.place());
        properties.put("logMedium", strategy.logMedium() == null ? "" : strategy.logMedium());
        configured.store(disk == null ? DEFAULT_NAME : disk, properties);
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
