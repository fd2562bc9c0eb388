package org.hikae.api.shared.spi;

import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The free-space table (a.8) of a file system in use: which blocks can be given to files. In memory; what a file system
 * keeps of it is its own. Numbers count blocks of the file system. Thread-safe.
 */
@ProviderType
public interface FreeSpace {

    /** Number of blocks that are neither taken nor promised. */
    long available();

    /**
     * Promises blocks for a later {@link #take}.
     *
     * @return false, and nothing was promised, if there are not so many
     */
    boolean promise(long blocks);

    /** Takes a promise back. */
    void giveBack(long promised);

    /**
     * Takes blocks that were promised, in few and long runs.
     *
     * @param goal where the first block should lie if it is free: right after the file's block before it; -1 for anywhere,
     *     apart from where others grow
     * @param count at least 1, at most what is promised
     * @return runs of so many blocks together, in the order in which they are to hold the content
     */
    List<BlockRun> take(long goal, long count);

    /** Gives blocks back, which are free from now on. */
    void free(BlockRun run);

    /** Makes the table of a file system. */
    @FunctionalInterface
    interface Factory {
        FreeSpace of(BlockSet free);
    }
}
