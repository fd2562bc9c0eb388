package org.hikae.schedule;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The services around schedules, as far as these ask them. */
final class Fakes {

    private Fakes() {}

    private static <T> T fake(Class<T> type, Answer answer) {
        InvocationHandler handler = (proxy, method, arguments) -> answer.of(method.getName(), arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What a method of a service does. */
    private interface Answer {
        Object of(String method, Object[] arguments) throws Exception;
    }

    /** @param purpose of the platform */
    static BundleContext context(String home, String purpose) {
        return fake(
                BundleContext.class,
                (method, arguments) -> "hikae.home".equals(arguments[0])
                        ? home
                        : "hikae.purpose".equals(arguments[0]) ? purpose : null);
    }

    static Disks disks(String... names) {
        List<DiskStatus> all = List.of(names).stream()
                .map(name -> new DiskStatus(name, null, "raw", "raw", 1, 1, null))
                .toList();
        return fake(Disks.class, (method, arguments) -> all);
    }

    static Media media(String only) {
        return fake(Media.class, (method, arguments) -> {
            if (!only.equals(arguments[0])) {
                throw new IOException("there is no medium '" + arguments[0] + "'");
            }
            return new MediumStatus(only, "directory", "", -1, -1, List.of(), null);
        });
    }

    static Groups groups(Group only) {
        return fake(Groups.class, (method, arguments) -> {
            if (!only.name().equals(arguments[0])) {
                throw new IOException("there is no group '" + arguments[0] + "'");
            }
            return only;
        });
    }

    static TapeJobs tapeJobs(FakeBackups backups) {
        return fake(TapeJobs.class, (method, arguments) -> {
            if (method.equals("migrate")) {
                return backups.migrate((MigrateRequest) arguments[0]);
            }
            throw new UnsupportedOperationException("no schedule asks for that");
        });
    }

    /** Configurations in memory, by name. */
    static ConfigurationAdmin configurations(Map<String, Map<String, Object>> stored) {
        return fake(ConfigurationAdmin.class, (method, arguments) -> {
            if (method.equals("getFactoryConfiguration")) {
                return configuration(stored, (String) arguments[1]);
            }
            synchronized (stored) {
                return stored.keySet().stream()
                        .map(name -> configuration(stored, name))
                        .toArray(Configuration[]::new);
            }
        });
    }

    private static Configuration configuration(Map<String, Map<String, Object>> stored, String name) {
        return fake(Configuration.class, (method, arguments) -> switch (method) {
            case "getPid" -> ScheduleUnit.PID + "~" + name;
            case "getProperties" -> new Hashtable<>(stored.get(name));
            case "getChangeCount" -> 1L;
            case "delete" -> stored.remove(name);
            case "update" -> stored.put(name, map((Dictionary<?, ?>) arguments[0]));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static Map<String, Object> map(Dictionary<?, ?> dictionary) {
        Map<String, Object> map = new TreeMap<>();
        Collections.list(dictionary.keys()).forEach(key -> map.put((String) key, dictionary.get(key)));
        return map;
    }
}
