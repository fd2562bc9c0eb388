package org.hikae.node.nio;

import java.io.IOException;
import java.nio.channels.FileLock;

/** A lock on a part of a file, or the wish for one. */
final class NodeFileLock extends FileLock {

    private final NodeFileChannel channel;
    private final FileStatus.Key file;
    /** Guarded by the table of locks. */
    private boolean granted;

    private volatile boolean released;

    NodeFileLock(NodeFileChannel channel, FileStatus.Key file, long position, long size, boolean shared) {
        super(channel, position, size, shared);
        this.channel = channel;
        this.file = file;
    }

    FileStatus.Key file() {
        return file;
    }

    String node() {
        return channel.path().getFileSystem().node();
    }

    boolean granted() {
        return granted;
    }

    void grant() {
        granted = true;
    }

    void end() {
        released = true;
    }

    @Override
    public boolean isValid() {
        return !released && channel.isOpen();
    }

    @Override
    public void release() throws IOException {
        channel.release(this);
    }
}
