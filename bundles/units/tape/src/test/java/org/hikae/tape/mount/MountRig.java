package org.hikae.tape.mount;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.tape.home.TapeHome;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tapekit.Faults;
import org.hikae.tapekit.FaultyLibraryDriver;
import org.hikae.tapevirtual.VirtualLibraryDriver;

/** Libraries of tapes in folders, whose time passes when it is told to. */
final class MountRig implements AutoCloseable {

    static final Limits SHORT =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    final Path folder;
    final TapeHome home;
    final Faults faults = new Faults();
    final FaultyLibraryDriver driver = new FaultyLibraryDriver(new VirtualLibraryDriver(), faults);
    final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    final AtomicReference<Duration> patience = new AtomicReference<>(Duration.ofMinutes(5));
    final Map<String, LibraryHandle> handles = new HashMap<>();
    Libraries libraries;
    Mounts mounts;

    MountRig(Path folder) throws IOException {
        this(folder, SHORT);
    }

    MountRig(Path folder, Limits limits) throws IOException {
        this.folder = folder;
        home = TapeHome.open(folder.resolve("home"));
        libraries = new Libraries(home, patience::get, limits, CLOCK, nanos::get);
        mounts = libraries.mounts();
    }

    /** Makes a library, whose cartridges begin with {@code prefix}. */
    MountRig add(String name, int drives, int slots, String prefix) throws IOException {
        driver.prepare(
                location(name),
                Map.of("drives", "" + drives, "slots", "" + slots, "prefix", prefix, "capacity", "1MB"));
        return open(name);
    }

    MountRig open(String name) throws IOException {
        handles.put(name, libraries.enter(name, "virtual", location(name), driver));
        mounts.present(); // waits until it is open
        return this;
    }

    String location(String name) {
        return folder.resolve(name).toString();
    }

    /** As the next process of this home would find everything. */
    MountRig again() throws IOException {
        close();
        MountRig next = new MountRig(folder);
        for (String name : handles.keySet()) {
            next.open(name);
        }
        return next;
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    Mounted read(String barcode) throws IOException {
        return mounts.mount(barcode, null, Purpose.READ, new TestProgress());
    }

    Mounted write(String barcode) throws IOException {
        return mounts.mount(barcode, null, Purpose.WRITE, new TestProgress());
    }

    /** Begins to mount; returns when it waits as the phase says. */
    CompletableFuture<Mounted> waiting(String barcode, TestProgress progress, String phase) throws Exception {
        CompletableFuture<Mounted> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(mounts.mount(barcode, null, Purpose.READ, progress));
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        progress.awaitPhase(phase);
        return result;
    }

    @Override
    public void close() {
        libraries.close();
    }
}
