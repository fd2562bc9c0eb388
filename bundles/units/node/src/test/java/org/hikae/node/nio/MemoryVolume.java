package org.hikae.node.nio;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.shared.AttributeChange;
import org.hikae.node.volume.FileContent;
import org.hikae.node.volume.NodeVolume;

/** A node's access to a file system in memory. */
final class MemoryVolume implements NodeVolume {

    private final String node;
    private final String disk;
    private final MemoryFiles files;
    /** Called before each call of the manager: where another one may come between. */
    Runnable between = () -> {};

    private volatile boolean closed;

    MemoryVolume(String node, String disk, MemoryFiles files) {
        this.node = node;
        this.disk = disk;
        this.files = files;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public String disk() {
        return disk;
    }

    @Override
    public <T> T ask(Call<T> call) throws IOException {
        return mutate(call);
    }

    @Override
    public <T> T mutate(Call<T> call) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        between.run();
        return call.on(files);
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        return ask(all -> all.attributes(inode));
    }

    @Override
    public FileAttributes change(long inode, AttributeChange change) throws IOException {
        return mutate(all -> all.change(inode, change));
    }

    @Override
    public FileContent open(long inode) throws IOException {
        return mutate(all -> {
            synchronized (files) {
                return new MemoryContent(files, files.inode(inode));
            }
        });
    }

    @Override
    public void force() throws IOException {
        files.commit();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
