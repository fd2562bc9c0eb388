package org.hikae.block.allocation;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;

/** Runs that are taken for one piece of a file, in the order in which they hold it. */
final class Taking {

    private final List<BlockRun> runs = new ArrayList<>();
    private long left;

    Taking(long count) {
        left = count;
    }

    void add(BlockRun run) {
        left -= run.count();
        if (!runs.isEmpty() && end() == run.first()) {
            BlockRun last = runs.remove(runs.size() - 1);
            runs.add(new BlockRun(last.first(), last.count() + run.count()));
        } else {
            runs.add(run);
        }
    }

    /** How many blocks are still to be taken. */
    long left() {
        return left;
    }

    /** The block after the last one. */
    long end() {
        return runs.get(runs.size() - 1).end();
    }

    List<BlockRun> runs() {
        return List.copyOf(runs);
    }
}
