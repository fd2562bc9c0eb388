package org.hikae.tape;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A Configuration Admin with as much as is used here: libraries, and media that are on tape. Tells of each change at once. */
final class FakeConfigurations {

    final Map<String, Dictionary<String, Object>> libraries = new LinkedHashMap<>();
    final Map<String, Dictionary<String, Object>> media = new LinkedHashMap<>();
    /** Told the name and the properties, null when they are deleted. */
    private final BiConsumer<String, Dictionary<String, Object>> changed;

    boolean broken;
    private long changes;

    FakeConfigurations(BiConsumer<String, Dictionary<String, Object>> changed) {
        this.changed = changed;
    }

    ConfigurationAdmin admin() {
        return fake(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "listConfigurations" -> list(((String) arguments[0]).contains("org.hikae.medium") ? media : libraries);
            case "getFactoryConfiguration" -> configuration(libraries, (String) arguments[1]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Configuration[] list(Map<String, Dictionary<String, Object>> stored) {
        return stored.isEmpty()
                ? null
                : stored.keySet().stream()
                        .map(name -> configuration(stored, name))
                        .toArray(Configuration[]::new);
    }

    @SuppressWarnings("unchecked")
    private Configuration configuration(Map<String, Dictionary<String, Object>> stored, String name) {
        return fake(Configuration.class, (method, arguments) -> {
            switch (method) {
                case "getPid":
                    return LibraryRegistry.PID + "~" + name;
                case "getChangeCount":
                    return changes;
                case "getProperties":
                    return stored.get(name);
                case "update":
                    fail();
                    changes++;
                    stored.put(name, new Hashtable<>((Map<String, Object>) (Map<?, ?>) arguments[0]));
                    changed.accept(name, stored.get(name));
                    return null;
                case "delete":
                    fail();
                    stored.remove(name);
                    changed.accept(name, null);
                    return null;
                default:
                    throw new UnsupportedOperationException(method);
            }
        });
    }

    private void fail() throws IOException {
        if (broken) {
            throw new IOException("no space for configurations");
        }
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
