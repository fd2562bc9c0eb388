package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.FileSystem;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeStatistics;

/** A node that sees what all nodes of the platform see. */
record FakeNode(String name, FakeNodes all) implements Node {

    @Override
    public long incarnation() {
        return 3;
    }

    @Override
    public BlockDevice open(String disk) throws IOException {
        if (!disk.equals("data")) {
            throw new IOException("there is no disk " + disk);
        }
        return all.device;
    }

    @Override
    public FileSystem fileSystem(String disk) throws IOException {
        if (!all.folders.containsKey(disk)) {
            throw new IOException("disk '" + disk + "' is raw; see 'disk format --help'");
        }
        return new FolderFileSystem(all.folders.get(disk));
    }

    @Override
    public BlockDevice openForCopy(String disk) throws IOException {
        return open(disk);
    }

    @Override
    public void check() {}

    @Override
    public void flush() {
        all.flushed.add(name);
    }

    @Override
    public NodeStatistics statistics() {
        return new NodeStatistics(1L << 41, 1536, 0, 1, all.caches.get(name), 3 << 20, 1 << 20, 1L << 40, 512, 5, 7, 2);
    }
}
