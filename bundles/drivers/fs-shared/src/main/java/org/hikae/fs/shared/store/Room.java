package org.hikae.fs.shared.store;

import java.util.stream.IntStream;
import org.hikae.fs.shared.store.region.ShadowFile;
import org.hikae.fs.shared.store.tables.Tables;

/**
 * How much may be in the region, so that whatever is to be written finds a place. After each checkpoint, what is needed and
 * what stands beside it in half-needed chunks are brought below {@link #taken}; what is left is enough for all that can be
 * changed until the next one. In a small region that is everything there is: there, all tables never need more than three
 * eighths, and find room in the half that is free. In a large one it is what may wait in memory, one transaction, and a step
 * of compaction.
 *
 * @param capacity bytes of the region that can hold blocks
 */
record Room(long capacity) {

    private static final long LEAST_UNSAVED = 64 << 10;
    private static final long MOST_UNSAVED = 16 << 20;
    private static final long LARGEST_CHANGE = 128 << 20;
    private static final int LARGEST_COMPACTION = 8 << 20;
    private static final double FRAGMENTED = 0.5;

    /** Bytes of content up to which anything may be added. The rest to {@link #most} is for what removing needs. */
    long limit() {
        return most() / 9 * 8;
    }

    /** Bytes of content which a transaction that adds must not pass. */
    long most() {
        return taken() / 4 * 3;
    }

    /** Bytes that may be taken after a checkpoint. */
    private long taken() {
        return capacity - Math.min(capacity / 2, capacity / 8 + LARGEST_CHANGE);
    }

    /** Whether so much is changed in memory that a checkpoint is due. */
    boolean isUnsavedMuch(Tables tables) {
        return tables.unsaved() > Math.min(MOST_UNSAVED, Math.max(LEAST_UNSAVED, capacity / 16));
    }

    /** Whether blocks of which little is needed take too much. */
    boolean needsCompaction(ShadowFile file) {
        return file.taken() > taken() || file.fragmentation() > FRAGMENTED;
    }

    /**
     * Bytes that a step of compaction may move, the first that is tried first: they must find a place before others are free,
     * and MVStore moves nothing if it would have to move more.
     */
    int[] compactionSteps(ShadowFile file) {
        long free = capacity - file.taken();
        return IntStream.of(8, 4, 2)
                .map(part -> (int) Math.min(LARGEST_COMPACTION, free / part))
                .distinct()
                .toArray();
    }
}
