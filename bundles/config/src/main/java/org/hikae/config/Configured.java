package org.hikae.config;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The things of one kind that configurations of a factory PID bring to life, by name.
 *
 * <p>A component of that PID makes each thing; the registry that owns this object binds and unbinds them. Configuration
 * reaches components on another thread, so whoever asks for a thing that is configured waits for it, with a limit.
 * Thread-safe.
 *
 * @param <T> the thing
 */
public final class Configured<T> {

    /** Longer than a component takes to start on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final ConfigurationAdmin admin;
    private final String factoryPid;
    private final String noun;
    private final List<String> required;
    /** Guarded by itself; notified at each change. */
    private final TreeMap<String, T> live = new TreeMap<>();

    /** Configurations that made nothing in time: one waits for them no more, until they change. */
    private final Set<String> barren = ConcurrentHashMap.newKeySet();

    /**
     * @param factoryPid the factory PID; each configuration has the property {@code name}
     * @param noun what such a thing is called in messages, such as {@code disk}
     * @param required the properties besides {@code name} without which a configuration makes nothing
     */
    public Configured(ConfigurationAdmin admin, String factoryPid, String noun, String... required) {
        this.admin = admin;
        this.factoryPid = factoryPid;
        this.noun = noun;
        this.required = Stream.concat(Stream.of("name"), Stream.of(required)).toList();
    }

    public void bind(String name, T thing) {
        synchronized (live) {
            live.put(name, thing);
            live.notifyAll();
        }
    }

    public void unbind(String name, T thing) {
        synchronized (live) {
            live.remove(name, thing);
            live.notifyAll();
        }
    }

    /** The things that live now; waits for none. */
    public Collection<T> live() {
        synchronized (live) {
            return List.copyOf(live.values());
        }
    }

    /** The configurations, by name. */
    public SortedMap<String, Dictionary<String, Object>> configured() throws IOException {
        SortedMap<String, Dictionary<String, Object>> found = new TreeMap<>();
        for (Configuration configuration : configurations()) {
            String name = nameOf(configuration);
            if (name != null) {
                found.put(name, configuration.getProperties());
            }
        }
        return found;
    }

    /**
     * The thing of that name, if it is configured; null if it does not come to life in time.
     *
     * @throws IOException if nothing of that name is configured
     */
    public T get(String name) throws IOException {
        T thing = find(name);
        if (thing != null) {
            return thing;
        }
        if (!configured().containsKey(name)) {
            throw new IOException("there is no " + noun + " '" + name + "'; see '" + noun + " list'");
        }
        return await(name, true);
    }

    /** The thing of that name, if it lives now; else null. */
    public T find(String name) {
        synchronized (live) {
            return live.get(name);
        }
    }

    /** Every configured thing that comes to life in time. */
    public List<T> all() throws IOException {
        List<T> things = new ArrayList<>();
        for (String name : configured().keySet()) {
            T thing = await(name, true);
            if (thing != null) {
                things.add(thing);
            }
        }
        return things;
    }

    /** Whether a thing may have that name: a letter or digit, then up to 62 letters, digits, dots, dashes and underscores. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Checks that a thing of that name could be added.
     *
     * @throws IOException if the name is not allowed or taken
     */
    public void checkNew(String name) throws IOException {
        if (!isName(name)) {
            throw new IOException("'" + name + "' cannot be the name of a " + noun
                    + ": use a letter or digit, then up to 62 letters, digits, dots, dashes and underscores");
        }
        if (configured().containsKey(name)) {
            throw new IOException("there is a " + noun + " '" + name + "' already; choose another name");
        }
    }

    /**
     * Writes the configuration of a thing, and waits until it lives.
     *
     * @throws IOException if it cannot be stored, or does not come to life in time; the configuration is gone then
     */
    public T add(String name, Map<String, Object> properties) throws IOException {
        store(name, properties);
        T thing = await(name, true);
        if (thing == null) {
            remove(name);
            throw new IOException("the " + noun + " '" + name + "' did not start; see the log");
        }
        return thing;
    }

    /** Writes the configuration of a thing, new or not. */
    public void store(String name, Map<String, Object> properties) throws IOException {
        Hashtable<String, Object> dictionary = new Hashtable<>(properties);
        dictionary.put("name", name);
        // Somebody may have given the file of that name another one.
        for (Configuration configuration : configurations()) {
            if (name.equals(nameOf(configuration))) {
                configuration.update(dictionary);
                return;
            }
        }
        admin.getFactoryConfiguration(factoryPid, name, "?").update(dictionary);
    }

    /** Its property {@code name}; for want of one, what its PID says, so that it does not vanish without a word. */
    private String nameOf(Configuration configuration) {
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties == null) {
            return null;
        }
        Object name = properties.get("name");
        String pid = configuration.getPid();
        String prefix = factoryPid + "~";
        boolean told = name == null && pid != null && pid.startsWith(prefix);
        return told ? pid.substring(prefix.length()) : name == null ? null : name.toString();
    }

    /**
     * The name that a configuration must have.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static String named(String name, String noun) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("the configuration of a " + noun + " has no name");
        }
        return name;
    }

    /** What a configuration lacks without which it makes nothing, in a sentence; empty if it has all. */
    public Optional<String> missing(Dictionary<String, Object> properties) {
        return required.stream()
                .filter(property -> properties.get(property) == null)
                .findFirst()
                .map(property -> "its configuration has no " + property);
    }

    /**
     * Deletes the configuration of a thing, and waits until it is gone.
     *
     * @throws IOException if nothing of that name is configured, or it cannot be deleted
     */
    public void remove(String name) throws IOException {
        boolean found = false;
        for (Configuration configuration : configurations()) {
            if (name.equals(nameOf(configuration))) {
                configuration.delete();
                found = true;
            }
        }
        if (!found) {
            throw new IOException("there is no " + noun + " '" + name + "'; see '" + noun + " list'");
        }
        if (await(name, false) != null) {
            throw new IOException("the " + noun + " '" + name + "' is removed, but still ends what it is doing");
        }
    }

    private List<Configuration> configurations() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + factoryPid + ")");
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("not a factory PID: " + factoryPid, e);
        }
    }

    /** Waits until the thing lives, or not; only once for a configuration that makes nothing. */
    private T await(String name, boolean present) throws IOException {
        String state = name + " " + stateOf(name);
        if (present && (barren.contains(state) || isIncomplete(name))) {
            return find(name);
        }
        T thing = waitFor(name, present);
        if (present && thing == null) {
            barren.add(state);
        }
        return thing;
    }

    /** Then nothing can come to life, and nothing is waited for. */
    private boolean isIncomplete(String name) throws IOException {
        Dictionary<String, Object> properties = configured().get(name);
        return properties != null && missing(properties).isPresent();
    }

    /** Which of its versions a configuration has. */
    private List<Long> stateOf(String name) throws IOException {
        List<Long> counts = new ArrayList<>();
        for (Configuration configuration : configurations()) {
            if (name.equals(nameOf(configuration))) {
                counts.add(configuration.getChangeCount());
            }
        }
        return counts;
    }

    private T waitFor(String name, boolean present) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        synchronized (live) {
            long left = PATIENCE.toMillis();
            while (live.containsKey(name) != present && left > 0) {
                try {
                    live.wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = (end - System.nanoTime()) / 1_000_000;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return live.get(name);
        }
    }
}
