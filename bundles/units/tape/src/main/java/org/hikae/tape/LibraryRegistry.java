package org.hikae.tape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.hikae.config.Configured;
import org.hikae.tape.mount.Libraries;
import org.hikae.tape.mount.LibraryHandle;

/** The one registry of libraries: what is configured, joined with what lives. Thread-safe. */
final class LibraryRegistry {

    static final String PID = "org.hikae.tape.library";

    private final Configured<LibraryHandle> configured;
    private final Libraries libraries;
    private final TapeMedia media;
    private final Map<String, TapeLibraryDriver> drivers = new ConcurrentSkipListMap<>();

    LibraryRegistry(Configured<LibraryHandle> configured, Libraries libraries, TapeMedia media) {
        this.configured = configured;
        this.libraries = libraries;
        this.media = media;
    }

    void bindDriver(String name, TapeLibraryDriver driver) {
        drivers.put(name, driver);
    }

    void unbindDriver(String name, TapeLibraryDriver driver) {
        drivers.remove(name, driver);
    }

    List<String> drivers() {
        return List.copyOf(drivers.keySet());
    }

    List<LibraryStatus> list() throws IOException {
        refresh();
        Map<String, LibraryStatus> live =
                libraries.statuses().stream().collect(Collectors.toMap(LibraryStatus::name, Function.identity()));
        List<LibraryStatus> list = new ArrayList<>();
        for (Map.Entry<String, Dictionary<String, Object>> entry :
                configured.configured().entrySet()) {
            LibraryStatus status = live.get(entry.getKey());
            list.add(status != null ? status : dead(entry.getKey(), entry.getValue()));
        }
        return list;
    }

    /** Sees to it that what is known of those that can be used is of now; waits for them, but not for long. */
    void refresh() throws IOException {
        awaitAll();
        libraries.refresh();
    }

    /** Waits until those have come to life that can, for a library that is configured and not there yet is not absent. */
    void awaitAll() throws IOException {
        for (Map.Entry<String, Dictionary<String, Object>> entry :
                configured.configured().entrySet()) {
            handle(entry.getKey(), entry.getValue());
        }
    }

    /**
     * The libraries of that name, or all that are there.
     *
     * @param name null: all
     * @throws IOException if there is none of that name, or it cannot be used
     */
    List<LibraryHandle> handles(String name) throws IOException {
        if (name == null) {
            awaitAll();
            return List.copyOf(configured.live());
        }
        Dictionary<String, Object> properties = configured.configured().get(name);
        if (properties == null) {
            throw none(name);
        }
        LibraryHandle handle = handle(name, properties);
        if (handle == null) {
            throw new IOException("library '" + name + "' cannot be used: " + whyNot(properties));
        }
        return List.of(handle);
    }

    private static IOException none(String name) {
        return new IOException("there is no tape library '" + name + "'; see 'tape library list'");
    }

    private LibraryHandle handle(String name, Dictionary<String, Object> properties) throws IOException {
        return drivers.containsKey(text(properties, "driver")) ? configured.get(name) : configured.find(name);
    }

    private LibraryStatus dead(String name, Dictionary<String, Object> properties) {
        return new LibraryStatus(
                name,
                text(properties, "driver"),
                text(properties, "location"),
                List.of(),
                List.of(),
                whyNot(properties));
    }

    private String whyNot(Dictionary<String, Object> properties) {
        Optional<String> missing = configured.missing(properties);
        if (missing.isPresent()) {
            return missing.get();
        }
        String driver = text(properties, "driver");
        return drivers.containsKey(driver)
                ? "its configuration makes no library; see the log"
                : "driver '" + driver + "' is not there: start its bundle";
    }

    private static String text(Dictionary<String, Object> properties, String name) {
        Object value = properties.get(name);
        return value == null ? "" : value.toString();
    }

    /** One at a time, so that no two add the same library under two names. */
    synchronized LibraryStatus add(String name, String driverName, String location, Map<String, String> options)
            throws IOException {
        configured.checkNew(name);
        TapeLibraryDriver driver = drivers.get(driverName);
        if (driver == null) {
            throw new IOException("there is no tape driver '" + driverName + "'; the drivers are: "
                    + (drivers.isEmpty() ? "none" : String.join(", ", drivers.keySet())));
        }
        checkOther(driverName, location);
        libraries.prepare(driver, location, options);
        LibraryHandle handle = configured.add(
                name,
                Map.of(
                        "driver",
                        driverName,
                        "location",
                        location,
                        LibraryTargets.PROPERTY,
                        LibraryTargets.of(driverName)));
        LibraryStatus status = libraries.settled(handle);
        if (status.problem() != null) {
            configured.remove(name);
            throw new IOException("library '" + name + "' cannot be used: " + status.problem());
        }
        return status;
    }

    /** The same library under two names: each would move what the other has mounted. */
    private void checkOther(String driver, String location) throws IOException {
        for (Map.Entry<String, Dictionary<String, Object>> other :
                configured.configured().entrySet()) {
            if (driver.equals(text(other.getValue(), "driver"))
                    && isSame(location, text(other.getValue(), "location"))) {
                throw new IOException(location + " is tape library '" + other.getKey() + "' already");
            }
        }
    }

    private static boolean isSame(String one, String other) throws IOException {
        if (one.equals(other)) {
            return true;
        }
        try {
            Path a = Path.of(one);
            Path b = Path.of(other);
            return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (InvalidPathException e) {
            return false; // the driver's locations are no paths
        }
    }

    synchronized void remove(String name) throws IOException {
        if (!configured.configured().containsKey(name)) {
            throw none(name);
        }
        List<String> users = media.on(name);
        if (!users.isEmpty()) {
            throw new IOException("library '" + name + "' cannot be removed: medium '" + users.get(0)
                    + "' is on its tapes; remove the medium first");
        }
        LibraryHandle handle = configured.find(name);
        if (handle != null) {
            libraries.retire(handle);
        }
        try {
            configured.remove(name);
        } catch (IOException | RuntimeException e) {
            if (handle != null) {
                libraries.keep(handle);
            }
            throw e;
        }
    }
}
