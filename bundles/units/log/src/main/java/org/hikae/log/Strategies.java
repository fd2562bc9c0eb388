package org.hikae.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.Overload;
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

    /** Values of {@code overload}. */
    static final String FAIL = "fail-backup";

    static final String HOLD = "hold-writes";

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
        properties.put("overload", strategy.overload().holdsWrites() ? HOLD : FAIL);
        properties.put("holdSeconds", holdLimit(strategy.overload()).toSeconds());
        configured.store(nameOf(disk), properties);
    }

    /** Kept for writers that are not held too: the configuration says then how long they would be. */
    private static Duration holdLimit(Overload overload) {
        return overload.holdsWrites() ? overload.limit() : Overload.USUAL_LIMIT;
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
                medium.isEmpty() ? null : medium,
                overload(properties));
    }

    private static Overload overload(Dictionary<String, Object> properties) {
        String chosen = text(properties, "overload", FAIL);
        return switch (chosen) {
            case FAIL -> Overload.FAIL_BACKUP;
            case HOLD -> Overload.holdWrites(holdLimit(properties));
            default ->
                throw new IllegalStateException("the log strategy '" + properties.get("name") + "' has the overload '"
                        + chosen + "'; choose " + FAIL + " or " + HOLD + " with 'bilog strategy --overload'");
        };
    }

    private static Duration holdLimit(Dictionary<String, Object> properties) {
        String seconds = text(properties, "holdSeconds", Long.toString(Overload.USUAL_LIMIT.toSeconds()));
        try {
            Duration limit = Duration.ofSeconds(Long.parseLong(seconds));
            Overload.holdWrites(limit);
            return limit;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalStateException(
                    "the log strategy '" + properties.get("name") + "' holds writes for '" + seconds
                            + "' seconds; choose 1 to 3600 with 'bilog strategy --hold-limit'",
                    e);
        }
    }

    private static String text(Dictionary<String, Object> properties, String name, String otherwise) {
        Object value = properties.get(name);
        return value == null ? otherwise : value.toString();
    }
}
