package org.hikae.tape.mount;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/**
 * Who gets which drive next. Those who want the cartridge that is in a drive come first for as long as it is that cartridge's turn;
 * after that whoever has waited longest. So nobody waits for ever, and a drive does more than changing cartridges. Thread-safe;
 * its monitor guards the drives and the requests, and is notified at each change.
 */
final class DriveQueue {

    /** A cartridge's turn lasts at least that long. */
    static final long LEAST_TURN = Duration.ofSeconds(1).toNanos();

    /** And no longer than that because of the time that changes take. */
    private static final long MOST_TURN = Duration.ofMinutes(2).toNanos();

    /** A turn is so many times as long as the change took that began it. */
    private static final int TURN_PER_CHANGE = 4;

    /** One looks again after that time although nothing has changed that was seen. */
    private static final long SLICE_MILLIS = 200;

    private final LongSupplier nanos;
    private final Shelves shelves = new Shelves();
    /** In the order in which they came. */
    private final List<Request> waiting = new ArrayList<>();

    /** Cartridges that are being moved without a drive. */
    private final Set<String> reserved = new HashSet<>();

    private final IdleHolders idleHolders = new IdleHolders(this);

    private long changes;
    private String ended;

    /** @param nanos the time, in nanoseconds from any beginning */
    DriveQueue(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How a request stands. */
    sealed interface Standing {
        /** It has a drive. */
        record Granted(Bay bay) implements Standing {}

        /** It waits for a drive; says for which. */
        record Queued(String why) implements Standing {}

        /** Its cartridge is nowhere from where it could be loaded; {@code where} is the station that it is in, or null. */
        record Absent(String where) implements Standing {}

        /** It need not wait any more. */
        record Hopeless(String why) implements Standing {}
    }

    synchronized void add(Library library) {
        // Nobody has had a turn yet.
        library.bays().forEach(bay -> bay.since = nanos.getAsLong() - MOST_TURN);
        shelves.add(library);
        changed();
    }

    synchronized void remove(Library library) {
        shelves.remove(library);
        changed();
    }

    /**
     * As {@link #remove}, unless somebody uses it.
     *
     * @return what uses it, in a few words; null: nothing, and it is removed
     */
    synchronized String retire(Library library) {
        idleHolders.ask(library.bays());
        for (Bay bay : library.bays()) {
            if (bay.holder != null) {
                return "cartridge " + bay.holder.barcode + " is in use in " + bay.place;
            }
        }
        remove(library);
        return null;
    }

    /** From now on nobody gets anything, for this reason. */
    synchronized void end(String reason) {
        ended = reason;
        changed();
    }

    synchronized List<Library> libraries() {
        return List.copyOf(shelves.libraries());
    }

    synchronized void enter(Request request) {
        waiting.add(request);
        changed();
    }

    /**
     * Keeps a cartridge that nobody uses from being used, and the drive that it is in.
     *
     * @return the library that it is in
     * @throws IOException if it is in use, or in no library that can be used
     */
    synchronized Library reserve(Request request) throws IOException {
        Shelves.Spot spot = shelves.find(request.barcode);
        if (spot != null && spot.bay() != null) {
            idleHolders.ask(List.of(spot.bay()));
            spot = shelves.find(request.barcode); // it may have been moved meanwhile
        }
        if (spot == null) {
            throw new IOException("cartridge " + request.barcode + " is in no library that can be used");
        }
        Bay bay = spot.bay();
        if (isHeld(request.barcode) || bay != null && (bay.holder != null || !bay.isAlive())) {
            throw new IOException("cartridge " + request.barcode + " is in use" + (bay == null ? "" : " in " + bay)
                    + "; try again later");
        }
        if (bay == null) {
            reserved.add(request.barcode);
        } else {
            give(bay, request, new ArrayList<>());
        }
        return spot.library();
    }

    /** Ends what {@link #reserve} began. */
    synchronized void free(Request request, BooleanSupplier hung) {
        reserved.remove(request.barcode);
        release(request, hung);
    }

    /** Gives up waiting, and the drive too if there is one already. */
    synchronized void leave(Request request) {
        waiting.remove(request);
        if (request.bay != null) {
            release(request, null);
        }
        changed();
    }

    /** Something is different: those who wait look again. */
    synchronized void changed() {
        changes++;
        grant();
        notifyAll();
    }

    /** The number of changes, for {@link #await}. */
    synchronized long changes() {
        return changes;
    }

    /** Waits for a change after that one, but not for long. */
    synchronized void await(long known) throws InterruptedException {
        if (changes == known) {
            TimeUnit.MILLISECONDS.timedWait(this, SLICE_MILLIS);
        }
    }

    synchronized Standing standing(Request request) {
        grant();
        if (ended != null) {
            return new Standing.Hopeless(ended);
        } else if (request.bay != null) {
            return new Standing.Granted(request.bay);
        }
        Shelves.Spot spot = shelves.find(request.barcode);
        if (spot == null || !spot.isLoadable()) {
            return new Standing.Absent(spot == null ? null : spot.station());
        }
        Library library = spot.library();
        Bay bay = spot.bay();
        if (bay != null && !bay.isAlive()) {
            return new Standing.Hopeless(
                    "cartridge " + request.barcode + " is in " + bay + ", which does not end what it was told to end");
        } else if (candidates(request, library).isEmpty()) {
            return new Standing.Hopeless(hopeless(request, library));
        }
        return new Standing.Queued(
                bay != null
                        ? "waiting for cartridge " + request.barcode + ", which is used in " + bay
                        : "waiting for a drive of library '" + library.name() + "' for cartridge " + request.barcode);
    }

    private static String hopeless(Request request, Library library) {
        if (request.failed.isEmpty()) {
            return "library '" + library.name() + "' has no drive that can be used";
        }
        return "cartridge " + request.barcode + " cannot be used: "
                + request.failed.entrySet().stream()
                        .map(failure -> failure.getKey() + ": " + failure.getValue())
                        .collect(Collectors.joining("; "));
    }

    /** The drive is another's turn now. The holder goes on holding it; what it has waited for is served by others. */
    private void grant() {
        if (ended != null || waiting.isEmpty()) {
            return;
        }
        List<Bay> idle = shelves.bays()
                .filter(bay -> bay.holder == null && bay.isAlive())
                .collect(Collectors.toCollection(ArrayList::new));
        for (Bay bay : List.copyOf(idle)) {
            if (bay.barcode() != null && nanos.getAsLong() - bay.since < turn(bay)) {
                waiting.stream()
                        .filter(request -> request.barcode.equals(bay.barcode()) && canUse(request, bay))
                        .findFirst()
                        .ifPresent(request -> give(bay, request, idle));
            }
        }
        for (Request request : List.copyOf(waiting)) {
            choose(request, idle);
        }
    }

    private void choose(Request request, List<Bay> idle) {
        Shelves.Spot spot = shelves.find(request.barcode);
        if (spot == null || !spot.isLoadable() || isHeld(request.barcode)) {
            return;
        }
        Bay there = spot.bay();
        List<Bay> candidates = candidates(request, spot.library());
        if (there != null && !candidates.isEmpty()) {
            // Also one that is not the first choice: whoever gets it takes the cartridge to another.
            if (idle.contains(there)) {
                give(there, request, idle);
            }
            return;
        }
        candidates.stream()
                .filter(idle::contains)
                .min(Comparator.comparing((Bay bay) -> bay.barcode() != null)
                        .thenComparing(this::isAwaited)
                        .thenComparingLong(bay -> bay.used))
                .ifPresent(bay -> give(bay, request, idle));
    }

    private boolean isAwaited(Bay bay) {
        return waiting.stream().anyMatch(request -> request.barcode.equals(bay.barcode()));
    }

    private void give(Bay bay, Request request, List<Bay> idle) {
        waiting.remove(request);
        idle.remove(bay);
        bay.holder = request;
        bay.held = nanos.getAsLong();
        request.bay = bay;
        notifyAll();
    }

    /** The drives that a request may get: those that are not the first choice only for want of others. */
    private static List<Bay> candidates(Request request, Library library) {
        List<Bay> alive = library.bays().stream()
                .filter(bay -> bay.isAlive() && !request.failed.containsKey(bay))
                .toList();
        List<Bay> good = alive.stream().filter(bay -> bay.suspicion == null).toList();
        return good.isEmpty() ? alive : good;
    }

    private static boolean canUse(Request request, Bay bay) {
        return candidates(request, bay.library).contains(bay);
    }

    /** Whether the drive that a request was given is one that it should use. */
    synchronized boolean suits(Request request) {
        return canUse(request, request.bay);
    }

    /** Whether somebody has it, or is fetching it: it may be on its way. */
    private boolean isHeld(String barcode) {
        return reserved.contains(barcode)
                || shelves.bays().anyMatch(bay -> bay.holder != null && bay.holder.barcode.equals(barcode));
    }

    /** Whether a cartridge is where it could be loaded from. */
    synchronized boolean isLoadable(String barcode) {
        Shelves.Spot spot = shelves.find(barcode);
        return spot != null && spot.isLoadable();
    }

    /** The station from which a cartridge has to be imported, for people; null: it is in none. */
    synchronized String station(String barcode) {
        Shelves.Spot spot = shelves.find(barcode);
        return spot == null || spot.isLoadable() ? null : spot.station();
    }

    private static long turn(Bay bay) {
        return Math.max(LEAST_TURN, Math.min(MOST_TURN, TURN_PER_CHANGE * bay.change));
    }

    /** The cartridge of a request has come into its drive; it is its turn now. */
    synchronized void begin(Request request, long change) {
        request.bay.since = nanos.getAsLong();
        request.bay.change = change;
    }

    /**
     * Lets a drive go.
     *
     * @param hung whether it still does what it was told to end; null: it does nothing
     */
    synchronized void release(Request request, BooleanSupplier hung) {
        Bay bay = request.bay;
        if (bay != null && bay.holder == request) {
            bay.holder = null;
            bay.activity("idle");
            bay.used = nanos.getAsLong();
            bay.hung = hung;
        }
        request.bay = null;
        changed();
    }

    /** The drive could not do it: another one is to be found, and those who come later are to take another one first. */
    synchronized void fail(Request request, String why, BooleanSupplier hung) {
        Bay bay = request.bay;
        request.failed.put(bay, why);
        release(request, hung);
        waiting.add(0, request);
        changed();
    }

    synchronized void suspect(Bay bay, String why) {
        bay.suspicion = why;
        changed();
    }

    /** All drives may be the first choice again. */
    synchronized void trust(Library library) {
        library.bays().forEach(bay -> bay.suspicion = null);
        changed();
    }

    /** Why a drive is not the first choice; null: it is. */
    synchronized String suspicion(Bay bay) {
        return bay.hung != null && !bay.isAlive() ? "it does not end what it was told to end" : bay.suspicion;
    }

    /** Whether somebody uses the cartridge now. */
    synchronized boolean isUsed(String barcode) {
        return isHeld(barcode) || shelves.bays().anyMatch(bay -> bay.holder != null && barcode.equals(bay.barcode()));
    }

    /** Whether one who has a drive does nothing with it now. */
    synchronized void idle(Request request, boolean now) {
        request.idle = now;
    }

    /** Whether one who has a drive had better let it go for others who wait for it. */
    synchronized boolean isWanted(Bay bay) {
        if (idleHolders.isAsked(bay)) {
            return true;
        }
        long now = nanos.getAsLong();
        String barcode = bay.barcode();
        if (now - bay.held >= LEAST_TURN && waiting.stream().anyMatch(request -> request.barcode.equals(barcode))) {
            return true;
        }
        if (now - bay.since < turn(bay)) {
            return false;
        }
        // Whoever lets go first is enough; but one who never looks must not be the only one who is asked.
        return waiting.stream().anyMatch(request -> needs(request, bay));
    }

    /** Whether a request is for a cartridge that could come into this drive. */
    private boolean needs(Request request, Bay bay) {
        Shelves.Spot spot = shelves.find(request.barcode);
        return spot != null
                && spot.library() == bay.library
                && spot.isLoadable()
                && spot.bay() == null
                && canUse(request, bay);
    }

    /** What each drive is for now, by its place. */
    synchronized Map<Place, String> activities(Library library) {
        return library.bays().stream()
                .collect(Collectors.toMap(
                        bay -> bay.place,
                        bay -> bay.holder == null || !"idle".equals(bay.activity())
                                ? bay.activity()
                                : bay.holder.activity()));
    }
}
