package org.hikae.tape.recall;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is to be read from a cartridge. It is read upward from where the head is, and then from the lowest again, like an elevator, so that
 * all that has come meanwhile is on the way; but whoever was passed over for long comes first. Guarded by the {@link Fetches}, but where
 * it says otherwise.
 */
final class Cartridge {

    final UUID volume;
    final String barcode;

    private final long fair;
    private final TreeMap<Piece.Place, Piece> byPosition = new TreeMap<>();
    private final Set<Piece> byAge = new LinkedHashSet<>();
    /** What is being read; null: nothing. */
    private Piece current;

    private long numbers;
    private long blocks;
    private long bytes;
    /** Since when there has always been something to read but for short whiles, and when there was none at last. */
    private long since;

    private long idle;
    /** What waits for a drive now; null: nothing. */
    private MountProgress mount;
    /** What is being done; read by any thread. */
    private volatile String phase = "waiting for a drive";

    /**
     * How much was read, and whether there is more.
     *
     * @param since when that began, in nanoseconds
     */
    record Activity(boolean more, long since, long blocks, long bytes) {}

    Cartridge(UUID volume, String barcode, long fair, long now) {
        this.volume = volume;
        this.barcode = barcode;
        this.fair = fair;
        since = now;
        idle = now;
    }

    /** @param pause how long there may have been nothing without counting as an end */
    void add(Piece piece, long now, long pause) {
        if (isIdle() && now - idle > pause) {
            since = now;
        }
        piece.queued(numbers++, bytes);
        byPosition.put(piece.place(), piece);
        byAge.add(piece);
    }

    void remove(Piece piece, long now) {
        if (byAge.remove(piece)) {
            byPosition.remove(piece.place());
            idle = now;
        }
    }

    /** Whether there is nothing to be read but what is being read. */
    boolean isEmpty() {
        return byAge.isEmpty();
    }

    private boolean isIdle() {
        return byAge.isEmpty() && current == null;
    }

    /**
     * What is to be read next, which is what is being read after this.
     *
     * @param position the first that is not behind the head
     */
    Piece next(long position, long now) {
        Piece next = byAge.iterator().next();
        if (bytes - next.givenBefore() <= fair) {
            Map.Entry<Piece.Place, Piece> ahead = byPosition.ceilingEntry(new Piece.Place(position, 0));
            next = ahead != null ? ahead.getValue() : byPosition.firstEntry().getValue();
        }
        remove(next, now);
        current = next;
        return next;
    }

    /** What was being read is read, or not. */
    void ended(boolean read, long now) {
        if (read) {
            blocks++;
            bytes += current.length();
        }
        current = null;
        idle = now;
    }

    /** Everything that is to be read, which is not any more. */
    List<Piece> takeAll(long now) {
        List<Piece> all = new ArrayList<>(byAge);
        all.forEach(piece -> remove(piece, now));
        return all;
    }

    Activity activity() {
        return new Activity(!isIdle(), since, blocks, bytes);
    }

    void mounting(MountProgress progress) {
        mount = progress;
    }

    /** What waits for a drive, if there is nothing to be read any more. */
    List<MountProgress> needlessMount() {
        return mount != null && isEmpty() ? List.of(mount) : List.of();
    }

    /** What it waits for; null: it is in a drive. */
    String awaited() {
        return mount == null ? null : phase;
    }

    /** By any thread. */
    void phase(String now) {
        phase = now;
    }

    /** By any thread. */
    String phase() {
        return phase;
    }
}
