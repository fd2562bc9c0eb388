package org.hikae.node.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.hikae.node.volume.FileContent;

/**
 * An open file. Reads and writes at a position of their own run side by side; those at the channel's position one after the
 * other. An interrupt closes it, as it does with the platform's own.
 */
final class NodeFileChannel extends FileChannel {

    private final NodePath path;
    private final FileStatus.Key file;
    private final FileContent content;
    private final OpenOptions options;
    private final FileLocks locks;
    /** Guards the position, also while something is read or written there. */
    private final Object turn = new Object();

    private long position;

    NodeFileChannel(NodePath path, FileStatus.Key file, FileContent content, OpenOptions options) {
        this.path = path;
        this.file = file;
        this.content = content;
        this.options = options;
        this.locks = path.getFileSystem().provider().locks();
    }

    NodePath path() {
        return path;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        forReading();
        synchronized (turn) {
            int count = io(() -> content.read(dst, position));
            position += Math.max(0, count);
            return count;
        }
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, dsts.length);
        synchronized (turn) {
            long total = 0;
            for (int i = offset; i < offset + length; i++) {
                int count = read(dsts[i]);
                if (count < 0) {
                    return total == 0 ? -1 : total;
                }
                total += count;
                if (dsts[i].hasRemaining()) {
                    return total;
                }
            }
            return total;
        }
    }

    @Override
    public int read(ByteBuffer dst, long at) throws IOException {
        notNegative(at);
        forReading();
        return io(() -> content.read(dst, at));
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        forWriting();
        synchronized (turn) {
            int before = src.position();
            if (options.append()) {
                position = append(src) + src.position() - before;
            } else {
                try {
                    put(src, position);
                } finally {
                    position += src.position() - before;
                }
            }
            return src.position() - before;
        }
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        synchronized (turn) {
            if (options.append() && length > 1) {
                return write(Gathered.of(srcs, offset, length));
            }
            long total = 0;
            for (int i = offset; i < offset + length; i++) {
                total += write(srcs[i]);
            }
            return total;
        }
    }

    @Override
    public int write(ByteBuffer src, long at) throws IOException {
        notNegative(at);
        forWriting();
        int before = src.position();
        if (options.append()) {
            append(src);
        } else {
            put(src, at);
        }
        return src.position() - before;
    }

    private void put(ByteBuffer src, long at) throws IOException {
        io(() -> {
            content.write(src, at);
            return written();
        });
    }

    private long append(ByteBuffer src) throws IOException {
        return io(() -> {
            long at = content.append(src);
            written();
            return at;
        });
    }

    /** What was promised for each write when the file was opened. */
    private boolean written() throws IOException {
        if (options.sync() || options.dataSync()) {
            content.force(options.sync());
        }
        return true;
    }

    @Override
    public long position() throws IOException {
        open(this);
        synchronized (turn) {
            return options.append() ? size() : position;
        }
    }

    @Override
    public NodeFileChannel position(long at) throws IOException {
        open(this);
        notNegative(at);
        synchronized (turn) {
            position = at;
            return this;
        }
    }

    @Override
    public long size() throws IOException {
        open(this);
        return io(content::size);
    }

    @Override
    public NodeFileChannel truncate(long size) throws IOException {
        open(this);
        notNegative(size);
        forWriting();
        synchronized (turn) {
            if (size < size()) {
                io(() -> {
                    content.resize(size);
                    return written();
                });
            }
            position = Math.min(position, size);
            return this;
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        open(this);
        io(() -> {
            content.force(metadata);
            return true;
        });
    }

    @Override
    public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
        open(this);
        open(target);
        forReading();
        if (target instanceof NodeFileChannel file) {
            file.forWriting();
        }
        notNegative(at);
        notNegative(count);
        return new Transfer(count).to(this, at, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
        open(this);
        open(source);
        forWriting();
        notNegative(at);
        notNegative(count);
        return at > size() ? 0 : new Transfer(count).from(source, this, at);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) {
        throw new UnsupportedOperationException(
                path + " cannot be mapped into memory, since other nodes write it too and"
                        + " a mapping would not see that: read and write it through the channel");
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) throws IOException {
        forLocking(shared);
        return locks.lock(new NodeFileLock(this, file, at, size, shared));
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) throws IOException {
        forLocking(shared);
        return locks.tryLock(new NodeFileLock(this, file, at, size, shared));
    }

    private void forLocking(boolean shared) throws ClosedChannelException {
        if (shared) {
            forReading();
        } else {
            forWriting();
        }
    }

    void release(NodeFileLock lock) throws ClosedChannelException {
        open(this);
        locks.release(lock);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        path.getFileSystem().opened().remove(this);
        locks.release(lock -> lock.acquiredBy() == this);
        try {
            content.close();
        } catch (IOException e) {
            throw Failures.at(path, null, e);
        }
    }

    private static void open(Channel channel) throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void forReading() throws ClosedChannelException {
        open(this);
        if (!options.read()) {
            throw new NonReadableChannelException();
        }
    }

    private void forWriting() throws ClosedChannelException {
        open(this);
        if (!options.write()) {
            throw new NonWritableChannelException();
        }
    }

    private static void notNegative(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("a place or length in a file cannot be negative: " + number);
        }
    }

    private <T> T io(Finder.Attempt<T> operation) throws IOException {
        boolean done = false;
        try {
            begin();
            T result = operation.make();
            done = true;
            return result;
        } catch (IOException e) {
            throw Failures.at(path, null, e);
        } finally {
            end(done);
        }
    }
}
