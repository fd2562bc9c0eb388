package org.hikae.media.medium;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A Configuration Admin with as much as is used here. Tells of each change at once. */
final class FakeConfigurations {

    private final Map<String, Dictionary<String, Object>> stored = new LinkedHashMap<>();
    /** Told the name and the properties, null when they are deleted. */
    private final BiConsumer<String, Dictionary<String, Object>> changed;

    boolean broken;
    private long changes;

    FakeConfigurations(BiConsumer<String, Dictionary<String, Object>> changed) {
        this.changed = changed;
    }

    ConfigurationAdmin admin() {
        return fake(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "listConfigurations" ->
                stored.isEmpty()
                        ? null
                        : stored.keySet().stream().map(this::configuration).toArray(Configuration[]::new);
            case "getFactoryConfiguration" -> configuration((String) arguments[1]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    @SuppressWarnings("unchecked")
    private Configuration configuration(String name) {
        return fake(Configuration.class, (method, arguments) -> {
            switch (method) {
                case "getPid":
                    return "org.hikae.medium~" + name;
                case "getChangeCount":
                    return changes;
                case "getProperties":
                    return stored.get(name);
                case "update":
                    if (broken) {
                        throw new IOException("no space for configurations");
                    }
                    changes++;
                    stored.put(name, new Hashtable<>((Map<String, Object>) (Map<?, ?>) arguments[0]));
                    changed.accept(name, stored.get(name));
                    return null;
                case "delete":
                    stored.remove(name);
                    changed.accept(name, null);
                    return null;
                default:
                    throw new UnsupportedOperationException(method);
            }
        });
    }

    void put(String name, Map<String, Object> properties) {
        stored.put(name, new Hashtable<>(properties));
    }

    Dictionary<String, Object> get(String name) {
        return stored.get(name);
    }

    private interface Methods {
        Object call(String method, Object[] arguments) throws IOException;
    }

    private static <T> T fake(Class<T> type, Methods methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> methods.call(method.getName(), arguments)));
    }
}
