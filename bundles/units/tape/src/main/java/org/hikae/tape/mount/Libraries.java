package org.hikae.tape.mount;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.hikae.tape.home.TapeHome;

/** The libraries that are there now, and what is done with cartridges in them. Thread-safe. */
public final class Libraries implements AutoCloseable {

    /** How long one who lists waits for libraries to say what is where. */
    private static final Duration LISTING = Duration.ofSeconds(5);

    private static final long WATCH_SECONDS = 5;

    private final DriveQueue queue;
    private final Absences absences;
    private final Sightings sightings;
    private final Lookout lookout;
    private final LibraryHandle.Pool pool;
    private final TapeMounts mounts;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "hikae-tape-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param patience how long one waits for a cartridge that is in no library, at any time
     * @param clock for what is remembered
     * @param nanos for how long something lasts: nanoseconds from any beginning
     */
    public Libraries(
            TapeHome home, Supplier<Duration> patience, Limits limits, InstantSource clock, LongSupplier nanos) {
        queue = new DriveQueue(nanos);
        absences = new Absences(nanos, patience);
        sightings = new Sightings(home);
        lookout = new Lookout(sightings);
        DriverCalls calls = new DriverCalls(limits.grace());
        pool = new LibraryHandle.Pool(queue, calls, new Closings(), limits, nanos);
        Waiting waiting = new Waiting(queue, absences, lookout);
        mounts = new TapeMounts(queue, waiting, lookout, sightings, calls, limits, clock, nanos);
        watch.scheduleWithFixedDelay(this::cancelWhatHangs, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    }

    public Mounts mounts() {
        return mounts;
    }

    /** Cancels what drives do for longer than they may. */
    void cancelWhatHangs() {
        for (Library library : queue.libraries()) {
            for (Bay bay : library.bays()) {
                GuardedDrive guard = bay.guard;
                if (guard != null) {
                    guard.cancelIfLonger(pool.limits().operation());
                }
            }
        }
    }

    /**
     * Lets a driver make a library ready.
     *
     * @throws IllegalArgumentException if an option is unknown, or its value makes no sense
     * @throws IOException if there is no such library and none can be made
     */
    public void prepare(TapeLibraryDriver driver, String location, Map<String, String> options) throws IOException {
        String what = "preparing the library at " + location;
        Optional<IllegalArgumentException> refused = pool.calls()
                .call(
                        what,
                        pool.limits().move(),
                        () -> {
                            try {
                                driver.prepare(location, options);
                                return Optional.empty();
                            } catch (IllegalArgumentException e) {
                                return Optional.of(e);
                            }
                        },
                        () -> {},
                        Progress.NONE);
        if (refused.isPresent()) {
            throw new IllegalArgumentException(refused.get().getMessage(), refused.get());
        }
    }

    /** How a library that has just come stands, when it was opened, or that takes too long. */
    public LibraryStatus settled(LibraryHandle handle) {
        try {
            handle.settle(pool.limits().open());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return handle.status();
    }

    /** @param arrival waits for libraries that are configured and have not come yet, but not for long */
    public void expect(Runnable arrival) {
        lookout.expect(arrival);
    }

    /** A library has come; it is opened meanwhile. */
    public LibraryHandle enter(String name, String driverName, String location, TapeLibraryDriver driver) {
        LibraryHandle handle = new LibraryHandle(name, driverName, location, driver, pool);
        lookout.add(handle);
        return handle;
    }

    /** A library goes: whoever uses it fails from now on, for this reason. */
    public void leave(LibraryHandle handle, String reason) {
        lookout.remove(handle);
        handle.leave(reason);
    }

    /**
     * Keeps a library from being used any more, until it {@link #leave leaves} or is {@link #keep kept}.
     *
     * @throws IOException if it is in use
     */
    public void retire(LibraryHandle handle) throws IOException {
        Library library = handle.opened();
        String use = library == null ? null : queue.retire(library);
        if (use != null) {
            throw new IOException(
                    "library '" + handle.name() + "' is in use: " + use + "; try again when that has ended");
        }
    }

    /** It was not removed after all. */
    public void keep(LibraryHandle handle) {
        Library library = handle.opened();
        if (library != null) {
            queue.add(library);
        }
    }

    /** How those that are there stand, by name. */
    public List<LibraryStatus> statuses() {
        return lookout.handles().stream()
                .map(LibraryHandle::status)
                .sorted(Comparator.comparing(LibraryStatus::name))
                .toList();
    }

    /** Looks into those that are there, unless that was done a moment ago; waits for them, but not for long. */
    public void refresh() {
        lookout.look();
        long end = System.nanoTime() + LISTING.toNanos();
        try {
            for (LibraryHandle handle : lookout.handles()) {
                handle.awaitLook(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was seen on a cartridge last. */
    public Optional<Sighting> seen(String barcode) {
        return sightings.of(barcode);
    }

    /** How long one waits for a cartridge has changed. */
    public void patienceChanged() {
        absences.forgive();
        queue.changed();
    }

    /**
     * Looks into a library now; whoever waits for a cartridge is told.
     *
     * @throws IOException if it cannot be used
     */
    public void look(LibraryHandle handle, Progress progress) throws IOException {
        settled(handle);
        Library library = handle.use();
        library.look(progress);
        queue.trust(library);
        patienceChanged();
    }

    /**
     * Moves what is in the station into free slots. Of a library without slots, everything stays where it is.
     *
     * @return the barcodes of what is in there now and was not, or might not have been
     * @throws IOException if there is no free slot for all; those that were moved stay there
     */
    public List<String> importAll(LibraryHandle handle, Progress progress) throws IOException {
        look(handle, progress);
        Library library = handle.use();
        List<String> found = library.elements().stream()
                .filter(element -> element.place().kind() == Kind.STATION && element.isFull())
                .map(element -> element.barcode())
                .toList();
        for (String barcode : found) {
            if (!library.isLoadable(library.find(barcode))) {
                progress.phase("moving cartridge " + barcode + " into library '" + library.name() + "'");
                library.moveTo(Kind.SLOT, barcode, progress);
                patienceChanged();
            }
        }
        return found;
    }

    /**
     * Moves a cartridge to the station.
     *
     * @throws IOException if it is in no library, in use, in the station already, or the station is full
     */
    public void export(String barcode, Progress progress) throws IOException {
        mounts.export(barcode, progress);
    }

    /**
     * Nobody gets a cartridge any more; whoever waits for one is told. Waits until all are closed, also those that have left before, so
     * that whoever comes next finds the drives free; but not for long.
     */
    @Override
    public void close() {
        queue.end("tape control ends");
        watch.shutdownNow();
        lookout.handles().forEach(handle -> leave(handle, "tape control ends"));
        try {
            pool.closings().await(null, pool.limits().grace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
