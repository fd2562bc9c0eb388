package org.hikae.block;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations of one factory in memory; whoever they concern is told on another thread. */
final class FakeConfigurations {

    private final Map<String, Map<String, Object>> stored = Collections.synchronizedMap(new TreeMap<>());
    private final Consumer<Map<String, Object>> told;
    private volatile Step beforeUpdate = () -> {};

    FakeConfigurations(Consumer<Map<String, Object>> told) {
        this.told = told;
    }

    /** What happens before a configuration is stored. */
    interface Step {
        void run() throws IOException;
    }

    void beforeUpdate(Step step) {
        beforeUpdate = step;
    }

    Map<String, Object> of(String name) {
        return stored.get(name);
    }

    ConfigurationAdmin admin() {
        return fake(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "listConfigurations" ->
                stored.keySet().stream().map(this::configuration).toArray(Configuration[]::new);
            case "getFactoryConfiguration" -> configuration((String) arguments[1]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Configuration configuration(String name) {
        return fake(Configuration.class, (method, arguments) -> switch (method) {
            case "getPid" -> DiskRegistry.PID + "~" + name;
            case "getProperties" -> new Hashtable<>(stored.get(name));
            case "getChangeCount" -> 1L;
            case "update" -> update(name, (Dictionary<?, ?>) arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Object update(String name, Dictionary<?, ?> dictionary) throws IOException {
        beforeUpdate.run();
        Map<String, Object> properties = new TreeMap<>();
        Collections.list(dictionary.keys()).forEach(key -> properties.put((String) key, dictionary.get(key)));
        stored.put(name, properties);
        Thread thread = new Thread(() -> told.accept(properties), "configurations");
        thread.setDaemon(true);
        thread.start();
        return null;
    }

    /** What a method of a service does. */
    private interface Answer {
        Object of(String method, Object[] arguments) throws IOException;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.of(method.getName(), arguments)));
    }
}
