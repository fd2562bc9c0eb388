package org.hikae.io;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Aligned buffers of one size that are used again: fresh memory is slow to touch. Never waits: an empty pool allocates,
 * a full one leaves buffers to the garbage collector. Thread-safe.
 */
public final class BufferPool {

    private final int bufferSize;
    private final int limit;
    /** At most {@link #limit} free buffers; guarded by this. */
    private final Deque<ByteBuffer> free = new ArrayDeque<>();

    /**
     * @param bufferSize bytes of a buffer
     * @param limit the number of free buffers kept
     */
    public BufferPool(int bufferSize, int limit) {
        this.bufferSize = bufferSize;
        this.limit = limit;
    }

    public int bufferSize() {
        return bufferSize;
    }

    /** A buffer with any content, cleared: its position is 0, its limit its capacity. */
    public ByteBuffer take() {
        ByteBuffer buffer;
        synchronized (this) {
            buffer = free.pollFirst();
        }
        return buffer == null ? Buffers.allocate(bufferSize) : buffer.clear();
    }

    /** Gives back a buffer from {@link #take}, which the caller does not use any more. */
    public synchronized void give(ByteBuffer buffer) {
        if (buffer.capacity() != bufferSize) {
            throw new IllegalArgumentException("not a buffer of this pool: " + buffer);
        }
        if (free.size() < limit) {
            free.addFirst(buffer);
        }
    }
}
