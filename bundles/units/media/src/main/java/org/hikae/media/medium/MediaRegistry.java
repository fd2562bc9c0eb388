package org.hikae.media.medium;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.config.Configured;
import org.hikae.media.format.DamagedException;

/** The one registry of media: what is configured, joined with what lives. Thread-safe. */
final class MediaRegistry implements MediaAccess {

    private final Configured<MediumHandle> media;
    private final UUID home;
    private final InstantSource clock;
    private final RollCall rollCall;
    private final Map<String, MediumDriver> drivers = new ConcurrentSkipListMap<>();

    MediaRegistry(Configured<MediumHandle> media, UUID home, InstantSource clock) {
        this.media = media;
        this.home = home;
        this.clock = clock;
        this.rollCall = new RollCall(this, RollCall.PATIENCE);
    }

    void bindDriver(String name, MediumDriver driver) {
        drivers.put(name, driver);
    }

    void unbindDriver(String name, MediumDriver driver) {
        drivers.remove(name, driver);
    }

    List<String> drivers() {
        return List.copyOf(drivers.keySet());
    }

    List<MediumStatus> list() throws IOException {
        List<MediumStatus> list = new ArrayList<>();
        for (Map.Entry<String, Dictionary<String, Object>> entry :
                media.configured().entrySet()) {
            list.add(status(entry.getKey(), entry.getValue()));
        }
        return list;
    }

    MediumStatus status(String name) throws IOException {
        Dictionary<String, Object> properties = media.configured().get(name);
        if (properties == null) {
            media.get(name); // says that there is none
        }
        return status(name, properties);
    }

    private MediumStatus status(String name, Dictionary<String, Object> properties) throws IOException {
        MediumHandle handle = handle(name, properties);
        return handle != null
                ? handle.status()
                : new MediumStatus(
                        name,
                        text(properties, "driver"),
                        text(properties, "location"),
                        -1,
                        -1,
                        List.of(),
                        whyNot(properties));
    }

    /** The medium if it lives; it is waited for only if it could. */
    private MediumHandle handle(String name, Dictionary<String, Object> properties) throws IOException {
        return drivers.containsKey(text(properties, "driver")) ? media.get(name) : media.find(name);
    }

    private String whyNot(Dictionary<String, Object> properties) {
        Optional<String> missing = media.missing(properties);
        if (missing.isPresent()) {
            return missing.get();
        }
        String driver = text(properties, "driver");
        return drivers.containsKey(driver)
                ? "its configuration makes no medium; see the log"
                : "driver '" + driver + "' is not there: start its bundle";
    }

    private static String text(Dictionary<String, Object> properties, String name) {
        Object value = properties.get(name);
        return value == null ? "" : value.toString();
    }

    @Override
    public UsableMedium open(String name) throws IOException {
        Dictionary<String, Object> properties = media.configured().get(name);
        if (properties == null) {
            media.get(name); // says that there is none
        }
        MediumHandle handle = handle(name, properties);
        if (handle == null) {
            throw new IOException("medium '" + name + "' cannot be used: " + whyNot(properties));
        }
        return handle.use();
    }

    @Override
    public List<String> names() throws IOException {
        return List.copyOf(media.configured().keySet());
    }

    /** One at a time, so that no two add the same medium under two names. */
    synchronized MediumStatus add(String name, String driverName, String location, boolean takeOver)
            throws IOException {
        media.checkNew(name);
        MediumDriver driver = drivers.get(driverName);
        if (driver == null) {
            throw new IOException("there is no medium driver '" + driverName + "'; the drivers are: "
                    + (drivers.isEmpty() ? "none" : String.join(", ", drivers.keySet())));
        }
        new Folders(media.configured()).checkNew(location);
        Claim.Result claim = claim(name, driver, location, takeOver);
        try {
            String target = DriverTargets.of(driverName);
            return media.add(name, Map.of("driver", driverName, "location", location, DriverTargets.PROPERTY, target))
                    .status();
        } catch (IOException | RuntimeException e) {
            if (claim.isNew()) {
                unclaim(name, driver, location, e);
            }
            throw e;
        }
    }

    private Claim.Result claim(String name, MediumDriver driver, String location, boolean takeOver) throws IOException {
        try (GuardedMedium medium = MediumHandle.open(name, driver, location)) {
            checkOther(medium);
            return Claim.make(medium, location, home, takeOver, clock.instant());
        }
    }

    private static void unclaim(String name, MediumDriver driver, String location, Exception because) {
        try (GuardedMedium medium = MediumHandle.open(name, driver, location)) {
            medium.delete(OwnerMark.NAME);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** The same medium under two names would be cleaned up by one while the other writes to it (R19). */
    private void checkOther(GuardedMedium medium) throws IOException {
        UUID id = medium.id().orElse(null);
        try {
            if (id == null) {
                id = OwnerMark.read(medium).map(OwnerMark::medium).orElse(null);
            }
        } catch (DamagedException e) {
            return; // what that means is said when it is claimed
        }
        for (RollCall.Answer<UUID> other : rollCall.ask(UsableMedium::id)) {
            if (id != null && id.equals(other.value())) {
                throw new IOException("that is medium '" + other.name() + "' already");
            }
        }
    }

    Map<String, UUID> ids() throws IOException {
        Map<String, UUID> ids = new TreeMap<>();
        for (RollCall.Answer<UUID> answer : rollCall.ask(UsableMedium::id)) {
            if (answer.isGiven()) {
                ids.put(answer.name(), answer.value());
            }
        }
        return ids;
    }

    Optional<String> around(Path file) throws IOException {
        return new Folders(media.configured()).around(file);
    }

    synchronized void remove(String name) throws IOException {
        MediumHandle handle = media.find(name);
        if (handle != null) {
            handle.endUses();
        }
        try {
            media.remove(name);
        } catch (IOException | RuntimeException e) {
            if (handle != null) {
                handle.allowUses();
            }
            throw e;
        }
    }
}
