package org.hikae.tape;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.tape.BufferStatus;
import org.hikae.api.tape.Tapes;
import org.hikae.config.Configured;
import org.hikae.tape.home.Settings;
import org.hikae.tape.home.SettingsFile;
import org.hikae.tape.home.TapeHome;
import org.hikae.tape.mount.Libraries;
import org.hikae.tape.mount.LibraryHandle;
import org.hikae.tape.mount.Limits;
import org.hikae.tape.store.TapeStore;
import org.hikae.tape.store.write.WriteLimits;
import org.hikae.tapekit.Faults;
import org.hikae.tapekit.FaultyLibraryDriver;
import org.hikae.tapevirtual.VirtualLibraryDriver;

/** Tape control without a framework: what components do, is done here. */
final class TapesRig implements AutoCloseable {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Limits SHORT =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    /** A window of 8 records, 4 in a row: little memory is to be made ready. */
    private static final WriteLimits FEW = new WriteLimits(8, 8, 4, 16, 1024, Duration.ofSeconds(20));

    final Path folder;
    final Faults faults = new Faults();
    final FaultyLibraryDriver driver = new FaultyLibraryDriver(new VirtualLibraryDriver(), faults);
    final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    final FakeBuffer buffer = new FakeBuffer();
    final FakeConfigurations configurations;
    final TapeHome home;
    final SettingsFile settings;
    final Libraries libraries;
    final TapeStore store;
    final LibraryRegistry registry;
    final Tapes tapes;

    private final Configured<LibraryHandle> configured;
    private final Map<String, LibraryHandle> handles = new HashMap<>();

    TapesRig(Path folder) throws IOException {
        this(folder, Map.of());
    }

    private TapesRig(Path folder, Map<String, Dictionary<String, Object>> known) throws IOException {
        this.folder = folder;
        configurations = new FakeConfigurations(this::changed);
        configured =
                new Configured<>(configurations.admin(), LibraryRegistry.PID, "tape library", "driver", "location");
        home = TapeHome.open(folder.resolve("home"));
        settings = new SettingsFile(home);
        libraries = new Libraries(home, () -> settings.get().patience(), SHORT, CLOCK, nanos::get);
        store = new TapeStore(home, libraries.mounts(), FEW, CLOCK);
        registry = new LibraryRegistry(configured, libraries, new TapeMedia(configurations.admin()));
        registry.bindDriver("virtual", driver);
        Cartridges cartridges = new Cartridges(home.id(), libraries.mounts(), store.volumes());
        Handling handling = new Handling(home, registry, libraries, store.volumes(), store.labeller(), cartridges);
        tapes = new TapesService(registry, libraries, cartridges, handling, store.reader(), buffer, settings);
        known.forEach((name, properties) -> {
            configurations.libraries.put(name, properties);
            changed(name, properties);
        });
    }

    /** What the component of a configuration does. */
    private void changed(String name, Dictionary<String, Object> properties) {
        LibraryHandle old = handles.remove(name);
        if (old != null) {
            configured.unbind(name, old);
            libraries.leave(old, "it was changed or removed");
        }
        if (properties != null && registry.drivers().contains(properties.get("driver"))) {
            LibraryHandle handle = libraries.enter(
                    name, (String) properties.get("driver"), (String) properties.get("location"), driver);
            handles.put(name, handle);
            configured.bind(name, handle);
        }
    }

    /** The driver's bundle is stopped. */
    void driverGoes() {
        registry.unbindDriver("virtual", driver);
        for (String name : Map.copyOf(handles).keySet()) {
            LibraryHandle handle = handles.remove(name);
            configured.unbind(name, handle);
            libraries.leave(handle, "its driver went away");
        }
    }

    /** And started. */
    void driverComes() {
        registry.bindDriver("virtual", driver);
        configurations.libraries.forEach(this::changed);
    }

    Path library(String name) {
        return folder.resolve(name);
    }

    TapesRig add(String name, String prefix, int drives, int slots) throws IOException {
        tapes.addLibrary(
                name,
                "virtual",
                library(name).toString(),
                Map.of("prefix", prefix, "drives", "" + drives, "slots", "" + slots, "capacity", "20MB"));
        return this;
    }

    /** As the next process of this home would find everything. */
    TapesRig again() throws IOException {
        close();
        return new TapesRig(folder, configurations.libraries);
    }

    /** Another home, with the same libraries. */
    TapesRig elsewhere(Path other) throws IOException {
        close();
        return new TapesRig(other, configurations.libraries);
    }

    @Override
    public void close() throws IOException {
        libraries.close();
        store.close();
    }

    /** A buffer that remembers what was chosen. */
    static final class FakeBuffer implements BufferControl {

        String medium = Settings.AUTO;
        long bytes;

        @Override
        public void choose(String chosen, long room) throws IOException {
            if (chosen.equals("nowhere")) {
                throw new IOException("there is no medium 'nowhere'");
            }
            medium = chosen;
            bytes = room;
        }

        @Override
        public BufferStatus status(Duration patience) {
            return new BufferStatus(medium, medium, bytes, 0, 0, 0, 0, null, patience, null);
        }
    }
}
