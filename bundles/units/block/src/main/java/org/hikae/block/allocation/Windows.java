package org.hikae.block.allocation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;

/**
 * Free blocks right after files that are growing, kept for them, so that files which grow at the same time do not
 * interleave. A promise to nobody: they go to others when nothing else is left. Not thread-safe.
 */
final class Windows {

    /** So many files grow at a time; the one that grew longest ago loses its window. */
    private static final int MOST = 256;

    /** Blocks that a file has got so far, by the block after its last one; which grew longest ago first. */
    private final Map<Long, Long> grown = new LinkedHashMap<>();
    /** What is kept after them, where there was room. */
    private final NavigableMap<Long, BlockRun> kept = new TreeMap<>();

    /**
     * Keeps blocks for a file.
     *
     * @param end the block after its last one
     * @param blocks how many to keep from there on; 0 or more
     * @param count blocks that it has got so far, since it was seen to grow
     */
    void open(long end, long blocks, long count) {
        grown.put(end, count);
        if (blocks > 0) {
            kept.put(end, new BlockRun(end, blocks));
        }
    }

    /**
     * Gives what is kept for a file that ends at a block to all.
     *
     * @return blocks that it has got so far; 0 if it is not known
     */
    long close(long end, Extents extents) {
        BlockRun blocks = kept.remove(end);
        if (blocks != null) {
            extents.add(blocks);
        }
        Long count = grown.remove(end);
        return count == null ? 0 : count;
    }

    /** Closes the window that nobody came back to for the longest time; there must be one. */
    void closeOldest(Extents extents) {
        close(grown.keySet().iterator().next(), extents);
    }

    boolean isEmpty() {
        return grown.isEmpty();
    }

    boolean full() {
        return grown.size() >= MOST;
    }

    /** Whether a block of the run is in a window. */
    boolean intersects(BlockRun run) {
        Map.Entry<Long, BlockRun> last = kept.lowerEntry(run.end());
        return last != null && last.getValue().end() > run.first();
    }
}
