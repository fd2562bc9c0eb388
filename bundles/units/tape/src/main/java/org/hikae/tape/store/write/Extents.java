package org.hikae.tape.store.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.tape.format.Table;

/** Where records have come to lie since the last table. Used by one thread. */
final class Extents {

    private final int payload;
    private final List<Run> runs = new ArrayList<>();
    private final Map<Long, Run> last = new HashMap<>();

    /** @param payload bytes in a full record */
    Extents(int payload) {
        this.payload = payload;
    }

    /** Consecutive records of one object. */
    private static final class Run {
        private final long object;
        private final long offset;
        private final UUID volume;
        private final long block;
        private long records;
        private long length;

        Run(long object, long offset, UUID volume, long block) {
            this.object = object;
            this.offset = offset;
            this.volume = volume;
            this.block = block;
        }
    }

    /** Adds a record that is on a cartridge. */
    void add(Piece piece, UUID volume) {
        Run run = last.get(piece.object);
        boolean goesOn = run != null
                && run.volume.equals(volume)
                && run.block + run.records == piece.position
                && run.offset + run.length == piece.offset
                && run.length == run.records * payload;
        if (!goesOn) {
            run = new Run(piece.object, piece.offset, volume, piece.position);
            runs.add(run);
            last.put(piece.object, run);
        }
        run.records++;
        run.length += piece.length;
    }

    int size() {
        return runs.size();
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Whether something of it is on a cartridge. */
    boolean isOn(UUID volume) {
        return runs.stream().anyMatch(run -> run.volume.equals(volume));
    }

    List<Table.Extent> list() {
        return runs.stream()
                .map(run -> new Table.Extent(run.object, run.offset, run.length, run.volume, run.block, payload))
                .toList();
    }

    void clear() {
        runs.clear();
        last.clear();
    }
}
