package org.hikae.group.testing;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations of the factory PID of groups, in memory. */
public final class Configurations {

    private final Map<String, Dictionary<String, Object>> stored = new TreeMap<>();

    /** As a user who edits the file of that name. */
    public void put(String name, Map<String, Object> properties) {
        stored.put(name, new Hashtable<>(properties));
    }

    public Map<String, Dictionary<String, Object>> stored() {
        return stored;
    }

    public ConfigurationAdmin admin() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "listConfigurations" ->
                        stored.keySet().stream().map(this::configuration).toArray(Configuration[]::new);
                    case "getFactoryConfiguration" -> configuration((String) args[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @SuppressWarnings("unchecked")
    private Configuration configuration(String name) {
        return (Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getPid" -> "org.hikae.group~" + name;
                    case "getProperties" -> stored.get(name);
                    case "getChangeCount" -> 1L;
                    case "update" -> {
                        stored.put(name, (Dictionary<String, Object>) args[0]);
                        yield null;
                    }
                    case "delete" -> {
                        stored.remove(name);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
