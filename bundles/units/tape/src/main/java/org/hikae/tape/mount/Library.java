package org.hikae.tape.mount;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeLibrary;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/**
 * A library that is open, held at arm's length: what is where is known without asking it, and once it has gone nothing reaches
 * it any more. Thread-safe.
 */
final class Library implements Closeable {

    /** How often a thread that waits for the robot looks whether it was cancelled. */
    private static final long SLICE_MILLIS = 100;

    private final String name;
    private final TapeLibrary spi;
    private final DriverCalls calls;
    private final Limits limits;
    private final List<Bay> bays = new ArrayList<>();
    /** Where the cartridges in drives came from. */
    private final Map<Place, Place> origins = new ConcurrentHashMap<>();

    /** One move or look at a time: a place that is free is still free when something is moved there. */
    private final ReentrantLock robot = new ReentrantLock();

    /** Barcodes by places, null where there is none. Never changed, but replaced. */
    private volatile Map<Place, String> elements = Map.of();

    /** What it has not answered; null: nothing. */
    private volatile HungException hung;
    /** Why it could not be looked into the last time; null if it could. */
    private volatile String blind;

    private volatile String gone;

    private Library(String name, TapeLibrary spi, DriverCalls calls, Limits limits) {
        this.name = name;
        this.spi = spi;
        this.calls = calls;
        this.limits = limits;
    }

    /** Looks into a library that was opened. */
    static Library of(String name, TapeLibrary spi, DriverCalls calls, Limits limits) throws IOException {
        Library library = new Library(name, spi, calls, limits);
        library.look(Progress.NONE);
        for (Place place : library.elements.keySet()) {
            if (place.kind() == Kind.DRIVE) {
                library.bays.add(calls.call(
                        "opening " + place + " of library '" + name + "'",
                        limits.open(),
                        () -> library.bay(place.number()),
                        () -> {},
                        Progress.NONE));
            }
        }
        return library;
    }

    private Bay bay(int number) throws IOException {
        TapeDrive drive = spi.drive(number);
        return new Bay(this, number, drive, drive.description());
    }

    String name() {
        return name;
    }

    List<Bay> bays() {
        return Collections.unmodifiableList(bays);
    }

    /** Why it cannot be used now; null if it can. */
    String problem() {
        String why = unreachable();
        return why != null ? why : blind;
    }

    /** Why nothing can be asked of it; null if something can. */
    private String unreachable() {
        HungException last = hung;
        return gone != null ? gone : last != null && last.lasts() ? last.getMessage() : null;
    }

    /** Why it will not be used any more; null while it is. */
    String gone() {
        return gone;
    }

    /** From now on nothing reaches it, for this reason. */
    void leave(String reason) {
        gone = reason;
        calls.later(() -> bays.forEach(bay -> bay.drive.cancel()));
    }

    /** What is where, as it was seen last. */
    List<Element> elements() {
        return elements.entrySet().stream()
                .map(entry -> new Element(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What is at a place; null: nothing. */
    String barcodeAt(Place place) {
        return elements.get(place);
    }

    /** Where a cartridge is; null: not here. */
    Place find(String barcode) {
        return elements.entrySet().stream()
                .filter(entry -> barcode.equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** All places with a cartridge of that barcode: there should be no more than one. */
    List<Place> findAll(String barcode) {
        return elements.entrySet().stream()
                .filter(entry -> barcode.equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether cartridges at a place can be loaded from there; a library without slots has nothing but its station. */
    boolean isLoadable(Place place) {
        return place.kind() != Kind.STATION || hasNoSlots();
    }

    private boolean hasNoSlots() {
        return elements.keySet().stream().noneMatch(place -> place.kind() == Kind.SLOT);
    }

    /** Asks the library what is where. While it cannot say, it cannot be used. */
    void look(Progress progress) throws IOException {
        exclusively(progress, () -> {
            List<Element> found;
            try {
                found = ask("looking into library '" + name + "'", limits.open(), spi::inventory, progress);
            } catch (IOException e) {
                blind = Reason.of(e);
                throw e;
            }
            Map<Place, String> next = new LinkedHashMap<>();
            found.forEach(element -> next.put(element.place(), element.barcode()));
            elements = Collections.unmodifiableMap(next);
            blind = null;
        });
    }

    /** Brings the cartridge that was unloaded from a drive to where it came from, or to where there is room. */
    void putAway(Place drive, Progress progress) throws IOException {
        exclusively(progress, () -> {
            Place to = roomFor(drive);
            if (to == null) {
                throw new IOException("library '" + name + "' has no free place for cartridge " + barcodeAt(drive)
                        + ", which is in " + drive + "; export another one");
            }
            move(drive, to);
            origins.remove(drive);
        });
    }

    /** Brings a cartridge to a drive that is empty. */
    void fetch(String barcode, Place drive, Progress progress) throws IOException {
        exclusively(progress, () -> {
            Place from = find(barcode);
            if (from == null) {
                throw new IOException("cartridge " + barcode + " is not in library '" + name + "' any more");
            }
            if (from.kind() == Kind.DRIVE) {
                throw new IOException("cartridge " + barcode + " is in " + from + " of library '" + name + "'");
            }
            move(from, drive);
            origins.put(drive, from);
        });
    }

    /** Brings a cartridge to a free place of a kind. */
    void moveTo(Kind kind, String barcode, Progress progress) throws IOException {
        exclusively(progress, () -> {
            Place from = find(barcode);
            Place to = free(kind);
            if (from == null || to == null) {
                throw new IOException(
                        from == null
                                ? "cartridge " + barcode + " is not in library '" + name + "' any more"
                                : "library '" + name + "' has no free "
                                        + (kind == Kind.SLOT
                                                ? "slot for cartridge " + barcode
                                                        + ": move another one out with 'tape export'"
                                                : "place in its station: take out what is there"));
            }
            move(from, to);
        });
    }

    private Place roomFor(Place drive) {
        Place origin = origins.get(drive);
        if (origin != null && elements.containsKey(origin) && elements.get(origin) == null) {
            return origin;
        }
        return free(hasNoSlots() ? Kind.STATION : Kind.SLOT);
    }

    private Place free(Kind kind) {
        return elements.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == kind && entry.getValue() == null)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private void move(Place from, Place to) throws IOException {
        String what =
                "moving cartridge " + barcodeAt(from) + " from " + from + " to " + to + " in library '" + name + "'";
        try {
            ask(
                    what,
                    limits.move(),
                    () -> {
                        spi.move(from, to);
                        return null;
                    },
                    // A robot that was told to move cannot be told not to: it is waited for.
                    Progress.NONE);
        } catch (HungException e) {
            throw e;
        } catch (IOException e) {
            lookAfter(e);
            throw new IOException(what + " failed: " + e.getMessage(), e);
        }
        Map<Place, String> next = new LinkedHashMap<>(elements);
        next.put(to, next.put(from, null));
        elements = Collections.unmodifiableMap(next);
    }

    /** The robot has failed: where everything is now, only the library knows. */
    private void lookAfter(IOException failure) {
        try {
            look(Progress.NONE);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private <T> T ask(String what, Duration limit, DriverCalls.Call<T> call, Progress progress) throws IOException {
        String problem = unreachable();
        if (problem != null) {
            throw new IOException("library '" + name + "' cannot be used: " + problem);
        }
        try {
            return calls.call(what, limit, call, () -> {}, progress);
        } catch (HungException e) {
            hung = e;
            throw e;
        }
    }

    private void exclusively(Progress progress, DriverCalls.Step step) throws IOException {
        try {
            while (!robot.tryLock(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the robot of library '" + name + "' was busy");
        }
        try {
            step.run();
        } finally {
            robot.unlock();
        }
    }

    /** Closes it and its drives, when these do nothing any more; those that hang are closed all the same. */
    @Override
    public void close() throws IOException {
        List<Bay> calm = bays.stream().filter(bay -> bay.calm(limits.grace())).toList();
        try {
            spi.close();
        } finally {
            calm.forEach(bay -> bay.busy.unlock());
        }
    }
}
