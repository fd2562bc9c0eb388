package org.hikae.block.tracking;

import java.util.BitSet;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * Regions, for a question at every write: a bit for each up to the last one of a disk of 64 TiB, compressed on larger
 * ones. Not thread-safe.
 */
final class RegionSet {

    /** 8 MiB of bits. */
    private static final long MAX_BITS = 1 << 26;

    private final Grain grain;
    private final BitSet bits;
    /** Null if there are bits. */
    private final BlockSet.Builder compressed;

    RegionSet(Grain grain) {
        this.grain = grain;
        boolean small = grain.regionCount() <= MAX_BITS;
        this.bits = small ? new BitSet() : null;
        this.compressed = small ? null : new BlockSet.Builder();
    }

    void add(BlockRun regions) {
        if (bits == null) {
            compressed.add(regions);
        } else {
            bits.set((int) regions.first(), (int) regions.end());
        }
    }

    boolean containsAll(BlockRun regions) {
        return bits == null
                ? compressed.containsAll(regions)
                : bits.nextClearBit((int) regions.first()) >= regions.end();
    }

    /** All blocks of the regions. */
    BlockSet blocks() {
        if (bits == null) {
            return grain.blocks(compressed.build());
        }
        BlockSet.Builder blocks = new BlockSet.Builder();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int end = bits.nextClearBit(first);
            blocks.add(grain.blocks(new BlockRun(first, end - first)));
            first = bits.nextSetBit(end);
        }
        return blocks.build();
    }
}
