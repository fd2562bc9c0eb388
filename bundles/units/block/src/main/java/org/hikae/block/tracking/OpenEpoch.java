package org.hikae.block.tracking;

import java.util.Arrays;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * What is known in memory of an epoch that goes on: the exact blocks, and the regions that are durably recorded for it.
 * Thread-safe.
 */
final class OpenEpoch {

    /** What came of {@link #add}. */
    enum Added {
        /** The blocks are counted, and will be after a crash. */
        YES,
        /** Their regions have to be recorded first. */
        UNRECORDED,
        /** The epoch has ended. */
        ENDED
    }

    /** Who writes region after region has so many recorded in advance at most: one force for 64 MiB. */
    private static final int MAX_AHEAD = 64;
    /** So many such writers are told apart. */
    private static final int STREAMS = 8;
    /** Memory for exact blocks, in bytes; beyond it whole regions are counted. */
    private static final int MAX_EXACT_BYTES = 32 << 20;

    private static final int CHECK_EVERY = 1 << 16;

    private final long number;
    private final Grain grain;
    /** Guarded by this, as all below. */
    private final RegionSet recorded;

    private BlockSet.Builder exact = new BlockSet.Builder();
    private boolean coarse;
    private boolean ended;
    private int adds;

    /** Where the latest records ended, and how many regions each was in advance. */
    private final long[] ends = new long[STREAMS];

    private final int[] ahead = new int[STREAMS];
    private int nextStream;

    OpenEpoch(long number, Grain grain) {
        this.number = number;
        this.grain = grain;
        this.recorded = new RegionSet(grain);
        Arrays.fill(ends, -1);
    }

    long number() {
        return number;
    }

    synchronized Added add(BlockRun blocks, BlockRun regions) {
        if (ended) {
            return Added.ENDED;
        } else if (!recorded.containsAll(regions)) {
            return Added.UNRECORDED;
        }
        if (coarse) {
            exact.add(grain.blocks(regions));
        } else {
            exact.add(blocks);
            boundMemory();
        }
        return Added.YES;
    }

    /** What to record for these regions: more and more in advance for who writes region after region. */
    synchronized BlockRun ahead(BlockRun regions) {
        int stream = 0;
        while (stream < STREAMS && ends[stream] != regions.first()) {
            stream++;
        }
        boolean goesOn = stream < STREAMS;
        stream = goesOn ? stream : nextStream++ % STREAMS;
        ahead[stream] = goesOn ? Math.min(MAX_AHEAD, 2 * ahead[stream] + 1) : 0;
        BlockRun wanted = grain.cut(new BlockRun(regions.first(), regions.count() + ahead[stream]));
        ends[stream] = wanted.end();
        return wanted.end() < regions.end() ? regions : wanted;
    }

    /** The regions are durably recorded for this epoch. */
    synchronized void recorded(BlockRun regions) {
        recorded.add(regions);
    }

    /** From now on nothing is added. */
    synchronized void end() {
        ended = true;
    }

    /** The blocks counted so far. */
    synchronized BlockSet blocks() {
        return exact.build();
    }

    private void boundMemory() {
        if (++adds % CHECK_EVERY == 0 && exact.sizeInBytes() > MAX_EXACT_BYTES) {
            coarse = true;
            exact = new BlockSet.Builder().add(recorded.blocks());
        }
    }
}
