package org.hikae.tape.mount;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Looks out for cartridges in all libraries that are configured, those that cannot be used too. Thread-safe. */
final class Lookout {

    /** How long one waits for libraries that are being opened. */
    private static final Duration SETTLING = Duration.ofSeconds(15);

    private final ConcurrentSkipListMap<String, LibraryHandle> handles = new ConcurrentSkipListMap<>();
    private final Sightings sightings;
    /** Waits for libraries that are configured and have not come yet. */
    private volatile Runnable arrival = () -> {};

    Lookout(Sightings sightings) {
        this.sightings = sightings;
    }

    void expect(Runnable awaitArrival) {
        arrival = awaitArrival;
    }

    void add(LibraryHandle handle) {
        handles.put(handle.name(), handle);
        handle.look();
    }

    void remove(LibraryHandle handle) {
        handles.remove(handle.name(), handle);
    }

    Collection<LibraryHandle> handles() {
        return List.copyOf(handles.values());
    }

    /** Looks into all of them, each unless it was done a moment ago; waits for nothing. */
    void look() {
        handles.values().forEach(LibraryHandle::look);
    }

    /** Looks into all of them, each unless it was done a moment ago, and waits until that is done, but not for long. */
    void refresh() {
        look();
        long end = System.nanoTime() + SETTLING.toNanos();
        try {
            for (LibraryHandle handle : handles.values()) {
                handle.awaitLook(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for those that are being opened for the first time, but not for long. */
    void settle() {
        arrival.run();
        long end = System.nanoTime() + SETTLING.toNanos();
        try {
            for (LibraryHandle handle : handles.values()) {
                handle.settle(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What to do about a cartridge that cannot be loaded from anywhere, in a sentence.
     *
     * @param station that it is in; null: it is in none
     */
    String missing(String barcode, String station) {
        if (station != null) {
            return "cartridge " + barcode + " is in " + station + ": run 'tape import'";
        }
        Optional<LibraryHandle> last = sightings.of(barcode).map(sighting -> handles.get(sighting.library()));
        if (last.isPresent() && last.get().problem() != null) {
            return unusable("cartridge " + barcode + " was last seen in", last.get());
        }
        Optional<LibraryHandle> usable = handles.values().stream()
                .filter(handle -> handle.problem() == null)
                .findFirst();
        if (usable.isPresent()) {
            return "cartridge " + barcode + " is in no library: put it into the station of library '"
                    + last.or(() -> usable).get().name() + "' and run 'tape import'";
        }
        return handles.values().stream()
                .findFirst()
                .map(handle -> unusable("cartridge " + barcode + " is in no library, or in", handle))
                .orElse("cartridge " + barcode + " is in no library: there is none; add one with 'tape library add'");
    }

    private static String unusable(String what, LibraryHandle handle) {
        return what + " library '" + handle.name() + "', which cannot be used: " + handle.problem();
    }
}
