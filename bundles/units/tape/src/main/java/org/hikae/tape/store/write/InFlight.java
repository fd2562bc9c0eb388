package org.hikae.tape.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.format.Table;

/**
 * What of a session is on its way to tape: records that no cartridge has yet, records that a drive has taken and that may not be on
 * its tape, and where those have come to lie that are, and that no table names yet. A record is kept until it is known to be on a
 * tape, so that another cartridge can take it. Used by one thread.
 */
final class InFlight {

    private final UUID session;
    private final RecordSizes sizes;
    private final Consumer<Piece> settled;
    private final Consumer<UUID> wrote;
    private final Extents extents;

    /** Records that are on no cartridge, in their order. */
    private final Deque<Piece> todo = new ArrayDeque<>();
    /** Records that the drive has taken, and that may not be on the tape, in their order. */
    private final Deque<Piece> window = new ArrayDeque<>();

    /**
     * @param settled is given records that are on the tape: their buffers can be used again
     * @param wrote is told of the cartridges that they have come to, before they are given
     */
    InFlight(UUID session, RecordSizes sizes, Consumer<Piece> settled, Consumer<UUID> wrote) {
        this.session = session;
        this.sizes = sizes;
        this.settled = settled;
        this.wrote = wrote;
        this.extents = new Extents(sizes.payload());
    }

    void add(List<Piece> pieces) {
        todo.addAll(pieces);
    }

    /** Whether everything is on tape, and named by a table. */
    boolean isEmpty() {
        return todo.isEmpty() && window.isEmpty() && extents.isEmpty();
    }

    /** Whether there are records that no cartridge has taken. */
    boolean isToDo() {
        return !todo.isEmpty();
    }

    /** Whether there are records of an object that no cartridge has taken. */
    boolean isToDo(long object) {
        return todo.stream().anyMatch(piece -> piece.object == object);
    }

    /** Records that the drive has taken, and that may not be on the tape. */
    int taken() {
        return window.size();
    }

    /** Runs of records that no table names yet. */
    int extents() {
        return extents.size();
    }

    /** Whether records that no table names yet are on a cartridge. */
    boolean isOn(UUID volume) {
        return extents.isOn(volume);
    }

    /** The next records, sealed for their places from a position on. */
    List<ByteBuffer> next(int most, long position) {
        List<ByteBuffer> records = new ArrayList<>();
        for (Piece piece : todo) {
            if (records.size() == most) {
                break;
            }
            records.add(piece.seal(session, position + records.size(), sizes));
        }
        return records;
    }

    /** The drive has taken the first of them. */
    void take(int records) {
        for (int i = 0; i < records; i++) {
            window.add(todo.remove());
        }
    }

    /** Brings to the tape what the drive has taken. */
    void sync(Target at) throws IOException {
        at.drive().writeFilemarks(0);
        settle(at, at.head);
    }

    /** What is before a position is on the tape. */
    void settle(Target at, long position) {
        at.settle(position);
        while (!window.isEmpty() && window.peek().position < position) {
            Piece piece = window.remove();
            extents.add(piece, at.volume);
            wrote.accept(at.volume);
            settled.accept(piece);
        }
    }

    /** What is not known to be on the tape is to be written again. */
    void takeBack() {
        while (!window.isEmpty()) {
            todo.addFirst(window.removeLast());
        }
    }

    /** What the next table has to name. */
    List<Table.Extent> unnamed() {
        return extents.list();
    }

    /** A table names it all. */
    void named() {
        extents.clear();
    }
}
