package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;

/**
 * Which blocks a backup takes, as T0 says (R1, R3).
 *
 * @param set those that the generation answers for
 * @param stored those of them that it holds itself
 */
record Selection(BlockSet set, BlockSet stored) {

    static BlockSet all(Disk disk) {
        long size = disk.size();
        int blockSize = disk.blockSize();
        return BlockSet.range(0, size / blockSize + (size % blockSize == 0 ? 0 : 1));
    }

    /**
     * A set in blocks of the disk that covers a set in blocks of another size.
     *
     * @param blockSize bytes
     */
    static BlockSet inBlocksOf(Disk disk, BlockSet blocks, int blockSize) {
        if (blockSize == disk.blockSize()) {
            return blocks.intersect(all(disk));
        }
        BlockSet.Builder covering = new BlockSet.Builder();
        for (BlockRun run : blocks) {
            long offset = Math.multiplyExact(run.first(), (long) blockSize);
            covering.add(
                    BlockRun.covering(offset, Math.multiplyExact(run.count(), (long) blockSize), disk.blockSize()));
        }
        return covering.build().intersect(all(disk));
    }

    /** The blocks from a byte on, the one that it lies in too: what is not the file system's is not free either. */
    static BlockSet from(Disk disk, long offset) {
        long first = offset / disk.blockSize();
        return BlockSet.range(first, Math.max(0, all(disk).count() - first));
    }

    static Selection full(BlockSet set) {
        return new Selection(set, set);
    }

    /**
     * What a differential backup takes: not only what changed and is used, but also what is used now and was not when the
     * parent was made. Such a block may have been written before that, and hold its data unchanged (R1).
     *
     * @throws BasisLostException if it cannot be told what changed, or what the parent answers for
     */
    static Selection differential(BlockSet set, Changes changes, GenerationReader parent) throws BasisLostException {
        if (changes instanceof Changes.Known known) {
            return new Selection(set, set.intersect(known.blocks()).union(newly(set, parent)));
        }
        throw new BasisLostException(((Changes.Unknown) changes).reason());
    }

    private static BlockSet newly(BlockSet set, GenerationReader parent) throws BasisLostException {
        if (answersForAll(parent.info())) {
            return BlockSet.empty();
        }
        try {
            return set.minus(parent.set());
        } catch (IOException e) {
            throw BasisLostException.unreadable(parent.info().id(), e);
        }
    }

    private static boolean answersForAll(GenerationInfo parent) {
        return parent.blocks()
                == parent.size() / parent.blockSize() + (parent.size() % parent.blockSize() == 0 ? 0 : 1);
    }
}
