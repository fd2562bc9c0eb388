package org.hikae.log;

import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/** What the log manager's own record of copied blocks says. */
public final class Uncopied {

    private Uncopied() {}

    /** The blocks of the run that are not known to be copied. */
    public static List<BlockRun> of(BlockRun run, BlockSet copied) {
        CopiedRuns runs = new CopiedRuns();
        copied.forEach(runs::add);
        return runs.missing(run);
    }
}
