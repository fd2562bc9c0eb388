package org.hikae.tape.mount;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.LibraryStatus.DriveStatus;
import org.hikae.api.tape.spi.TapeLibrary;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configured library whose driver is there. It is opened on a thread of its own, and tried again while that fails, so that a
 * library that is switched on later needs no restart. Thread-safe.
 */
public final class LibraryHandle {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryHandle.class);

    /** One does not look into a library again before that time. */
    private static final long LOOK = Duration.ofSeconds(5).toNanos();

    private final String name;
    private final String driverName;
    private final String location;
    private final TapeLibraryDriver driver;
    private final Pool pool;

    /** Null until it could be opened. Guarded by this, as all below. */
    private Library opened;

    /** Why it could not be opened. */
    private String problem = "it is being opened";

    /** Why it can be used no more; null while it can. */
    private String gone;

    /** Whether somebody is looking into it, or opens it, now. */
    private boolean looking;

    /** Whether somebody has waited for that in vain. */
    private boolean slow;

    private long looked;

    /** What all libraries share. */
    record Pool(DriveQueue queue, DriverCalls calls, Closings closings, Limits limits, LongSupplier nanos) {}

    LibraryHandle(String name, String driverName, String location, TapeLibraryDriver driver, Pool pool) {
        this.name = name;
        this.driverName = driverName;
        this.location = location;
        this.driver = driver;
        this.pool = pool;
        this.looked = pool.nanos().getAsLong() - LOOK;
    }

    public String name() {
        return name;
    }

    /** Looks into it again, or tries to open it, unless that was done a moment ago; waits for nothing. */
    void look() {
        synchronized (this) {
            if (gone != null || looking || pool.nanos().getAsLong() - looked < LOOK) {
                return;
            }
            looking = true;
        }
        pool.calls().later(this::lookNow);
    }

    private void lookNow() {
        try {
            Library library = opened();
            if (library == null) {
                open();
            } else {
                library.look(Progress.NONE);
            }
        } catch (IOException e) {
            LOG.debug("library {}", name, e); // the library says it itself, or it was noted
        } finally {
            synchronized (this) {
                looking = false;
                slow = false;
                notifyAll();
                looked = pool.nanos().getAsLong();
            }
            pool.queue().changed();
        }
    }

    private void open() throws IOException {
        DriverCalls calls = pool.calls();
        try {
            TapeLibrary spi = calls.call(
                    "opening library '" + name + "'", pool.limits().open(), this::openNow, () -> {}, Progress.NONE);
            if (spi == null) {
                throw new IOException("its driver opened nothing");
            }
            enter(look(spi));
        } catch (IOException e) {
            note(Reason.of(e));
            throw e;
        }
    }

    /** One that was there before, and is being closed, has its drives until it is. */
    private TapeLibrary openNow() throws IOException {
        try {
            pool.closings().await(location, pool.limits().grace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while library '" + name + "' was being closed");
        }
        return driver.open(location);
    }

    private Library look(TapeLibrary spi) throws IOException {
        try {
            return Library.of(name, spi, pool.calls(), pool.limits());
        } catch (IOException e) {
            close(spi);
            throw e;
        }
    }

    private void close(Closeable spi) {
        try {
            spi.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("library {} did not close well", name, e);
        }
    }

    private synchronized void note(String why) {
        problem = why;
    }

    private void enter(Library library) throws IOException {
        synchronized (this) {
            if (gone == null) {
                opened = library;
                problem = null;
                pool.queue().add(library);
                return;
            }
        }
        library.leave(gone);
        close(library);
    }

    /** The library; null while it is not open. */
    synchronized Library opened() {
        return opened;
    }

    /** Why it cannot be used now; null if it can. */
    synchronized String problem() {
        return gone != null ? gone : opened != null ? opened.problem() : problem;
    }

    /**
     * The library, opened.
     *
     * @throws IOException if it cannot be used; says why
     */
    Library use() throws IOException {
        String why = problem();
        if (why != null) {
            throw new IOException("library '" + name + "' cannot be used: " + why);
        }
        return opened();
    }

    /**
     * Waits until it was tried to open it, but no longer than that; of one that cannot be used, that is tried again. What has
     * kept somebody waiting in vain keeps nobody else waiting.
     */
    void settle(Duration limit) throws InterruptedException {
        if (problem() != null) {
            look();
            awaitLook(limit);
        }
    }

    /** Waits until nobody looks into it or opens it, as {@link #settle} does. */
    synchronized void awaitLook(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (looking && !slow && end - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
        }
        slow = looking;
    }

    /** How the library stands, as it was seen last. */
    public LibraryStatus status() {
        Library library = opened();
        String why = problem();
        if (library == null || why != null) {
            return new LibraryStatus(name, driverName, location, List.of(), List.of(), why);
        }
        Map<Place, String> activities = pool.queue().activities(library);
        List<DriveStatus> drives = library.bays().stream()
                .map(bay -> new DriveStatus(bay.description, bay.barcode(), activities.get(bay.place), bay.alerts()))
                .toList();
        return new LibraryStatus(name, driverName, location, library.elements(), drives, null);
    }

    /** Closes the library for good: whoever uses it fails from now on, for this reason. Does not wait until it is closed. */
    void leave(String reason) {
        Library library;
        synchronized (this) {
            gone = reason;
            library = opened;
            opened = null;
        }
        if (library != null) {
            library.leave(reason);
            pool.queue().remove(library);
            pool.calls().later(pool.closings().of(location, () -> close(library)));
        }
    }
}
