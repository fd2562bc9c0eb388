package org.hikae.files.client;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.files.client.BackupRow;
import org.hikae.api.job.JobInfo;
import org.hikae.job.JobsComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A client with jobs and configurations of its own, and a clock that is set. */
abstract class ClientUnitFixture {

    @TempDir
    Path temp;

    final Map<String, Map<String, Object>> stored = Collections.synchronizedMap(new TreeMap<>());
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Path root;
    JobsComponent jobs;
    ClientUnit unit;
    /** Whether the platform ends when a configuration was deleted. */
    boolean killed;

    private static <T> T fake(Class<T> type, Answer answer) {
        InvocationHandler handler = (proxy, method, arguments) -> answer.of(method.getName(), arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private interface Answer {
        Object of(String method, Object[] arguments) throws Exception;
    }

    private ConfigurationAdmin admin() {
        return fake(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "getFactoryConfiguration" -> configuration(arguments[0] + "~" + arguments[1]);
            case "getConfiguration" -> configuration((String) arguments[0]);
            default ->
                stored.keySet().stream()
                        .filter(pid -> ((String) arguments[0]).contains(pid.replaceFirst("~.*", "") + ")")
                                && pid.contains("~"))
                        .map(this::configuration)
                        .toArray(Configuration[]::new);
        });
    }

    private Configuration configuration(String pid) {
        return fake(Configuration.class, (method, arguments) -> switch (method) {
            case "getPid" -> pid;
            case "getProperties" -> stored.containsKey(pid) ? new Hashtable<>(stored.get(pid)) : null;
            case "getChangeCount" -> 1L;
            case "delete" -> delete(pid);
            case "update" -> stored.put(pid, map((Dictionary<?, ?>) arguments[0]));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Object delete(String pid) {
        stored.remove(pid);
        if (killed) {
            throw new AssertionError("the platform ends here");
        }
        return null;
    }

    private static Map<String, Object> map(Dictionary<?, ?> dictionary) {
        Map<String, Object> map = new TreeMap<>();
        Collections.list(dictionary.keys()).forEach(key -> map.put((String) key, dictionary.get(key)));
        return map;
    }

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temp.resolve("tree"));
        Files.writeString(root.resolve("a"), "a");
        BundleContext context = fake(
                BundleContext.class,
                (method, arguments) ->
                        "hikae.home".equals(arguments[0]) ? temp.resolve("home").toString() : null);
        jobs = new JobsComponent(context);
        unit = begin();
    }

    ClientUnit begin() {
        return new ClientUnit(temp.resolve("home/files"), admin(), jobs, () -> now, false);
    }

    @AfterEach
    void end() {
        unit.deactivate();
    }

    BackupRow row(String name, String times) {
        return new BackupRow(
                name,
                List.of(root.toString()),
                List.of("*.o"),
                times,
                ZoneOffset.UTC,
                null,
                false,
                null,
                Duration.ZERO);
    }

    /** Waits for what was begun by a look. */
    void settle() throws InterruptedException, IOException {
        for (JobInfo job : jobs.list()) {
            while (jobs.get(job.id()).state() == JobInfo.State.RUNNING) {
                Thread.onSpinWait();
            }
        }
    }

    long runs() {
        return jobs.list().stream()
                .filter(job -> job.kind().equals("file-backup"))
                .count();
    }
}
