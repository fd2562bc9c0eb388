package org.hikae.node.nio;

import java.nio.file.FileSystem;

/** File systems of nodes, for tests. */
final class Nodes {

    private Nodes() {}

    /** A file system that is like the one that tests compare it with: new files belong to whom the tests run as. */
    static FileSystem of(MemoryFiles files) {
        return new NodeFileSystemProvider().open(new MemoryVolume("n1", "d", files));
    }
}
