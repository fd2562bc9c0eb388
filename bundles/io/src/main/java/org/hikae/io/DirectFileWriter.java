package org.hikae.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes a new file from its beginning to its end, past the page cache where the platform allows it: that is several
 * times faster for large files, and leaves the cache to others. For one thread; any may close it.
 */
public final class DirectFileWriter implements Closeable {

    private static final int BUFFER = 4 << 20;

    /** Enough for the writers of one backup. */
    private static final BufferPool POOL = new BufferPool(BUFFER, 4);

    private final Path path;
    private final FileChannel channel;
    private final boolean direct;
    /**
     * Held while {@link #pending} is used. Who closes does not wait for it: a write that hangs, as on a network that is
     * gone, keeps its buffer then, rather than that another file's writer gets it.
     */
    private final ReentrantLock using = new ReentrantLock();

    /** What is not in the file yet, or only as a padded last page: the bytes from {@link #flushed} on. */
    private ByteBuffer pending = POOL.take();
    /** Bytes that are in the file for good; a multiple of {@link Buffers#ALIGNMENT}. */
    private long flushed;
    /** What cannot be made good by trying again: bytes may be lost that the system had taken. Null if nothing is. */
    private IOException broken;

    private DirectFileWriter(Path path, FileChannel channel, boolean direct) {
        this.path = path;
        this.channel = channel;
        this.direct = direct;
    }

    /**
     * Creates a file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
     * @throws NoSpaceException if there is no space for it
     */
    public static DirectFileWriter create(Path path) throws IOException {
        // First without: a file system that refuses direct I/O may do so after it has created the file.
        FileChannel plain;
        try {
            plain = PrivateFiles.create(path);
        } catch (FileSystemException e) {
            throw e.getReason() == null
                    ? e
                    : NoSpaceException.ifSo(e, path.toAbsolutePath().getParent(), 0);
        }
        try {
            Optional<FileChannel> past = DirectIo.open(path, StandardOpenOption.WRITE);
            if (past.isPresent()) {
                plain.close();
                return new DirectFileWriter(path, past.get(), true);
            }
            return new DirectFileWriter(path, plain, false);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** Whether writes go past the page cache. */
    public boolean direct() {
        return direct;
    }

    /** Bytes written so far. */
    public long length() {
        return pending == null ? flushed : flushed + pending.position();
    }

    /**
     * Appends the buffer from its position to its limit. After an exception the writer can only be closed, but for {@link
     * NoSpaceException}: what was not taken is left in the buffer, from its position on, and may be tried again.
     *
     * @throws NoSpaceException if the file system is full
     */
    public void write(ByteBuffer src) throws IOException {
        using.lock();
        try {
            checkUsable();
            append(src);
        } finally {
            using.unlock();
        }
    }

    private void append(ByteBuffer src) throws IOException {
        while (src.hasRemaining()) {
            if (!pending.hasRemaining()) {
                // Before anything more is taken, so that after a failure all that was taken is still here.
                writeOut(pending.capacity());
                flushed += pending.capacity();
                pending.clear();
            }
            int n = Math.min(src.remaining(), pending.remaining());
            pending.put(pending.position(), src, src.position(), n);
            pending.position(pending.position() + n);
            src.position(src.position() + n);
        }
    }

    /**
     * Makes everything written so far durable. The file's name is durable only after {@link DurableFiles#forceFolder}.
     *
     * @throws NoSpaceException if the file system is full; it may be tried again, as a {@link #write}
     */
    public void force() throws IOException {
        using.lock();
        try {
            checkUsable();
            writePending();
        } finally {
            using.unlock();
        }
    }

    private void writePending() throws IOException {
        int tail = pending.position();
        int padded = direct ? (tail + Buffers.ALIGNMENT - 1) & -Buffers.ALIGNMENT : tail;
        for (int i = tail; i < padded; i++) {
            pending.put(i, (byte) 0);
        }
        writeOut(padded);
        try {
            if (padded != tail) {
                channel.truncate(flushed + tail);
            }
            channel.force(true);
        } catch (IOException e) {
            // What the system could not make durable it forgets, and says of the next attempt that all is well.
            throw broken(NoSpaceException.ifSo(e, path, tail));
        }
        keepLastPage(tail);
    }

    @Override
    public void close() throws IOException {
        if (using.tryLock()) {
            try {
                if (pending != null) {
                    flushed += pending.position();
                    POOL.give(pending);
                    pending = null;
                }
            } finally {
                using.unlock();
            }
        }
        channel.close();
    }

    /** What follows begins in the page that was padded, so that one is written again. */
    private void keepLastPage(int tail) {
        int whole = tail & -Buffers.ALIGNMENT;
        pending.limit(tail).position(whole);
        pending.compact();
        flushed += whole;
    }

    private void writeOut(int length) throws IOException {
        int done = 0;
        while (done < length) {
            int n;
            try {
                n = channel.write(pending.duplicate().position(done).limit(length), flushed + done);
            } catch (IOException e) {
                throw orBroken(NoSpaceException.ifSo(e, path, length - done));
            }
            // After a partial write the next one must be aligned again, so it repeats a part.
            int next = done + n == length || !direct ? done + n : (done + n) & -Buffers.ALIGNMENT;
            if (next == done) {
                IOException less = new IOException(
                        "cannot write " + path + ": " + n + " bytes of " + (length - done) + " written");
                throw orBroken(NoSpaceException.ifSo(less, path, length - done));
            }
            done = next;
        }
    }

    /** A write at its place that found no room takes nothing away, and can be repeated as a whole. */
    private IOException orBroken(IOException e) {
        return e instanceof NoSpaceException ? e : broken(e);
    }

    private IOException broken(IOException e) {
        broken = e;
        return e;
    }

    private void checkUsable() throws IOException {
        if (pending == null || !channel.isOpen()) {
            throw new ClosedChannelException();
        } else if (broken != null) {
            throw new IOException(path + " can be written no more: " + broken.getMessage(), broken);
        }
    }
}
