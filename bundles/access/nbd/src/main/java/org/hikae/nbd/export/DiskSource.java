package org.hikae.nbd.export;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.node.Node;

/**
 * A disk through a node. A node that was removed and added again is another one.
 *
 * @param name the name of the export
 */
record DiskSource(String name, Node node, String disk) implements Source {

    @Override
    public String description(BlockDevice device) {
        return name.equals(disk) ? describe(disk) : describe(disk) + " through node " + node.name();
    }

    static String describe(String disk) {
        return "disk " + disk;
    }

    @Override
    public BlockDevice open() throws IOException {
        return node.open(disk);
    }
}
