package org.hikae.fs.shared.store;

import java.util.stream.IntStream;
import org.hikae.fs.shared.store.region.ShadowFile;
import org.hikae.fs.shared.store.tables.Tables;

/**
 * How much may be in the region, so that whatever is to be written finds a place. All tables together never need more than
 * {@link #most}, two fifths; after each checkpoint, needed and half-needed blocks together are brought below three fifths.
 * So even a checkpoint that writes everything anew, the worst there is, finds room.
 *
 * @param capacity bytes of the region that can hold blocks
 */
record Room(long capacity) {

    private static final long LEAST_UNSAVED = 64 << 10;
    private static final long MOST_UNSAVED = 16 << 20;
    private static final int LARGEST_COMPACTION = 8 << 20;
    private static final double FRAGMENTED = 0.5;

    /** Bytes of content up to which anything may be added. The rest to {@link #most} is for what removing needs. */
    long limit() {
        return capacity / 20 * 7;
    }

    /** Bytes of content which a transaction that adds must not pass. */
    long most() {
        return capacity / 5 * 2;
    }

    /** Whether so much is changed in memory that a checkpoint is due. */
    boolean isUnsavedMuch(Tables tables) {
        return tables.unsaved() > Math.min(MOST_UNSAVED, Math.max(LEAST_UNSAVED, capacity / 16));
    }

    /** Whether blocks of which little is needed take too much. */
    boolean needsCompaction(ShadowFile file) {
        return file.taken() > capacity / 20 * 11 || file.fragmentation() > FRAGMENTED;
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
