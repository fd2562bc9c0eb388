package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.node.Node;

/** A shared disk, through the door of a node: trackers and backups under way see every write (R5). */
record DiskTarget(Node node, String disk) implements RestoreTarget {

    @Override
    public Opened open(GenerationInfo generation) throws IOException {
        BlockDevice device = node.open(disk);
        if (device.size() < generation.size()) {
            device.close();
            throw new IOException("disk '" + disk + "' has only " + device.size() + " bytes; generation "
                    + generation.id() + " has " + generation.size());
        }
        return new Opened() {
            @Override
            public BlockDevice device() {
                return device;
            }

            @Override
            public boolean isZero() {
                return false;
            }

            @Override
            public void finish() throws IOException {
                device.force();
            }

            @Override
            public void close() throws IOException {
                device.close();
            }
        };
    }

    @Override
    public String toString() {
        return "disk " + disk;
    }
}
