package org.hikae.api.copy;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.node.Node;

/**
 * A copy from a disk into a generation.
 *
 * @param nodes the nodes whose workers copy; at least one. One that is removed meanwhile leaves its work to the others.
 * @param wanted the blocks to copy
 * @param copied told of each run when it is known to be copied (R7); called by several threads at once
 * @param limits how much it may take
 */
public record BackUpCopy(
        Disk disk, List<Node> nodes, BlockSet wanted, GenerationWriter target, Copied copied, CopyLimits limits) {

    /** Who wants to know what is copied. */
    public interface Copied {

        /** The blocks of the run that need be copied (a.4), in ascending runs; asked before they are read. */
        List<BlockRun> toCopy(BlockRun run);

        /** @throws IOException if the copy is of no use any more; it ends with this */
        void copied(BlockRun run) throws IOException;

        /** @throws IOException if the copy is of no use any more; asked often */
        void check() throws IOException;
    }
}
