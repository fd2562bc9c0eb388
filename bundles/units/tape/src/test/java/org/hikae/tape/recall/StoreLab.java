package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.spi.TapeLibrary;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.hikae.tape.home.Settings;
import org.hikae.tape.home.TapeHome;
import org.hikae.tape.mount.Libraries;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.store.StoreRig;
import org.hikae.tape.store.TapeStore;
import org.hikae.tapevirtual.Figures;
import org.hikae.tapevirtual.VirtualLibrary;
import org.hikae.tapevirtual.VirtualLibraryDriver;

/** Recall from the store, over a library in a folder that has the times of LTO-9; nobody waits for these. */
final class StoreLab implements AutoCloseable {

    private static final org.hikae.tape.mount.Limits TIMES = new org.hikae.tape.mount.Limits(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));

    private final Capturing driver = new Capturing();
    private final Libraries libraries;
    final Mounts mounts;
    final TapeStore store;
    final Recall recall;

    /** Remembers the library, which knows what its drives have done. */
    private static final class Capturing implements TapeLibraryDriver {

        private final VirtualLibraryDriver driver = new VirtualLibraryDriver();
        private volatile VirtualLibrary library;

        @Override
        public void prepare(String location, Map<String, String> options) throws IOException {
            driver.prepare(location, options);
        }

        @Override
        public TapeLibrary open(String location) throws IOException {
            library = driver.open(location);
            return library;
        }
    }

    /** @param options of the library, beside its times */
    StoreLab(Path folder, Limits limits, Map<String, String> options) throws IOException {
        TapeHome home = TapeHome.open(folder.resolve("home"));
        libraries = new Libraries(home, () -> Duration.ZERO, TIMES, Clock.systemUTC(), System::nanoTime);
        mounts = libraries.mounts();
        store = new TapeStore(home, mounts, StoreRig.FEW, Clock.systemUTC());
        String location = folder.resolve("library").toString();
        Map<String, String> all = new HashMap<>(options);
        all.put("simulate", "lto9");
        all.put("prefix", "HK");
        driver.prepare(location, all);
        libraries.enter("library", "virtual", location, driver);
        mounts.present(); // waits until it is open
        Settings settings = new Settings(Settings.AUTO, 16 << 20, Duration.ZERO);
        recall = new Recall(store, mounts, new FakeSpaces(), new FakeJobs(), settings, limits, this::simulated);
    }

    /** What the first drive has done. */
    Figures figures() {
        try {
            return driver.library.drive(0).figures();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private long simulated() {
        return driver.library == null ? 0 : figures().simulated().toNanos();
    }

    void copy(String name, byte[] bytes) throws IOException {
        store.copy(List.of(StoreRig.source(name, bytes)), "pool", true, Progress.NONE);
    }

    List<String> barcodes(String name) throws IOException {
        return new ArrayList<>(store.tierCopies(StoreRig.MEDIUM, name).get(0).cartridges());
    }

    @Override
    public void close() throws IOException {
        recall.close();
        libraries.close();
        store.close();
    }
}
