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
 * @param workers number of workers in all, 64 at most, dealt to the nodes in turn; 0: as many as pay, one for each node at
 *     least
 * @param bytesPerSecond limit of the reading rate in bytes per second; 0: none
 */
public record BackUpCopy(
        Disk disk,
        List<Node> nodes,
        BlockSet wanted,
        GenerationWriter target,
        Copied copied,
        int workers,
        long bytesPerSecond) {

    /** Who wants to know what is copied. */
    public interface Copied {

        /** @throws IOException if the copy is of no use any more; it ends with this */
        void copied(BlockRun run) throws IOException;

        /** @throws IOException if the copy is of no use any more; asked often */
        void check() throws IOException;
    }
}
