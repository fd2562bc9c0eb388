package org.hikae.tape.recall;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What is to be read from a cartridge. It is read upward from where the head is, and then from the lowest again, like an elevator, so that
 * all that has come meanwhile is on the way; but whoever was passed over for long comes first. Guarded by the {@link Fetches}.
 */
final class Cartridge {

    final UUID volume;
    final String barcode;

    private final long fair;
    private final TreeSet<Piece> byPosition = new TreeSet<>(Piece.BY_POSITION);
    private final Set<Piece> byAge = new LinkedHashSet<>();
    /** What is being read; null: nothing. */
    private Piece current;

    private long numbers;
    private long given;

    Cartridge(UUID volume, String barcode, long fair) {
        this.volume = volume;
        this.barcode = barcode;
        this.fair = fair;
    }

    void add(Piece piece) {
        piece.queued(numbers++, given);
        byPosition.add(piece);
        byAge.add(piece);
    }

    void remove(Piece piece) {
        if (byAge.remove(piece)) {
            byPosition.remove(piece);
        }
    }

    /** Whether nothing is to be read, or being read. */
    boolean isIdle() {
        return byAge.isEmpty() && current == null;
    }

    boolean isEmpty() {
        return byAge.isEmpty();
    }

    int size() {
        return byAge.size();
    }

    /**
     * What is to be read next.
     *
     * @param position the first that is not behind the head
     */
    Piece next(long position) {
        Piece next = byAge.iterator().next();
        if (given - next.givenBefore() <= fair) {
            next = firstFrom(position);
        }
        remove(next);
        current = next;
        return next;
    }

    private Piece firstFrom(long position) {
        for (Piece piece : byPosition) {
            if (piece.part.block() >= position) {
                return piece;
            }
        }
        return byPosition.first();
    }

    Piece current() {
        return current;
    }

    /** What was being read is read. */
    void read(boolean well) {
        given += well ? current.length() : 0;
        current = null;
    }

    /** Everything that is to be read, which is not any more. */
    List<Piece> takeAll() {
        List<Piece> all = new ArrayList<>(byAge);
        byAge.clear();
        byPosition.clear();
        return all;
    }
}
