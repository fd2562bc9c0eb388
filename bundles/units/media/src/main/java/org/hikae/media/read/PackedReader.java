package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.Objects;
import org.hikae.api.block.BlockSet;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.io.Buffers;
import org.hikae.media.format.DamagedException;
import org.hikae.media.index.Runs;

/** A sealed generation in the packed layout. Thread-safe. */
public final class PackedReader implements GenerationReader {

    private final GenerationInfo info;
    private final Runs runs;
    private final FrameStore store;
    private final FrameCache cache;
    private final Runnable ended;
    private volatile BlockSet set;
    private volatile boolean closed;

    /** @param ended told once, when the reader is closed */
    PackedReader(GenerationInfo info, Runs runs, FrameStore store, FrameCache cache, Runnable ended) {
        this.info = info;
        this.runs = runs;
        this.store = store;
        this.cache = cache;
        this.ended = ended;
    }

    @Override
    public GenerationInfo info() {
        return info;
    }

    @Override
    public BlockSet set() {
        if (set == null) {
            set = runs.set(frame -> frame != Runs.NONE);
        }
        return set;
    }

    @Override
    public long size() {
        return info.size();
    }

    @Override
    public int blockSize() {
        return info.blockSize();
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        checkOpen();
        Objects.checkFromIndexSize(offset, dst.remaining(), size());
        long at = offset;
        int run = dst.hasRemaining() ? runs.find(at / blockSize()) : 0;
        while (dst.hasRemaining()) {
            int length = (int) Math.min(dst.remaining(), offsetOf(runs.end(run)) - at);
            if (runs.frame(run) < 0) {
                putZeros(dst, length);
            } else {
                putBlocks(dst, run, at - runs.first(run) * blockSize(), length);
            }
            at += length;
            run++;
        }
    }

    private void putBlocks(ByteBuffer dst, int run, long intoRun, int length) throws IOException {
        int frame = runs.frame(run);
        int from = (int) (runs.position(run) * (long) blockSize() + intoRun);
        int limit = dst.limit();
        try {
            boolean whole = from == 0 && length == store.rawLength(frame) && dst.isDirect();
            byte[] cached = whole ? cache.find(store, frame) : cache.get(store, frame);
            if (cached != null) {
                dst.put(cached, from, length);
                return;
            }
            dst.limit(dst.position() + length);
            store.readInto(frame, dst);
        } catch (DamagedException e) {
            long first = runs.first(run);
            throw new DamagedException(
                    "blocks " + first + "-" + (runs.end(run) - 1) + " of " + info.id() + " cannot be read: "
                            + e.getMessage(),
                    e);
        } finally {
            dst.limit(limit);
        }
    }

    private static void putZeros(ByteBuffer dst, int length) {
        ByteBuffer zeros = Buffers.zeros();
        int left = length;
        while (left > 0) {
            zeros.position(0).limit(Math.min(left, zeros.capacity()));
            left -= zeros.remaining();
            dst.put(zeros);
        }
    }

    @Override
    public long nextData(long offset) throws IOException {
        return next(offset, true);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        return next(offset, false);
    }

    private long next(long offset, boolean data) throws IOException {
        checkOpen();
        Objects.checkIndex(offset, size() == Long.MAX_VALUE ? size() : size() + 1);
        if (offset == size()) {
            return offset;
        }
        int run = runs.find(offset / blockSize());
        while (run < runs.count() && runs.frame(run) >= 0 != data) {
            run++;
        }
        return run == runs.count() ? size() : Math.max(offset, runs.first(run) * blockSize());
    }

    /** Where a block begins; the end of the disk for the one after the last. */
    private long offsetOf(long block) {
        return block == runs.blockCount() ? size() : block * blockSize();
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        checkOpen();
        throw new NonWritableChannelException();
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        checkOpen();
        throw new NonWritableChannelException();
    }

    @Override
    public void force() throws IOException {
        checkOpen();
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        cache.forget(store);
        try {
            store.close();
        } finally {
            ended.run();
        }
    }
}
