package org.hikae.tape.recall;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Where slots are that need not be read from tape: in memory, and in the buffer. Thread-safe. */
final class Slots {

    private final SlotMemory memory;
    private final Buffering buffer;
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong bypassed = new AtomicLong();

    Slots(SlotMemory memory, Buffering buffer) {
        this.memory = memory;
        this.buffer = buffer;
    }

    /**
     * Fills a buffer with bytes of a slot from an offset on, if it is here.
     *
     * @param dst undefined between position and limit, which stay, if not
     */
    boolean read(SlotKey key, int offset, ByteBuffer dst) {
        return memory.read(key, offset, dst) || buffer.read(key, offset, dst);
    }

    boolean contains(SlotKey key) {
        return memory.contains(key) || buffer.contains(key);
    }

    /** Takes note of a slot that is read from tape since it was not in the buffer. */
    void missed() {
        misses.incrementAndGet();
    }

    /** Takes in what was read from tape. */
    void keep(SlotKey key, ByteBuffer slot) {
        if (!buffer.put(key, slot)) {
            past(slot.remaining());
            SlotMemory.Held room = memory.reserve(key, null);
            if (room != null) {
                room.fill(slot);
            }
        }
    }

    /** Takes note of bytes that were read past the buffer. */
    void past(int bytes) {
        bypassed.addAndGet(bytes);
    }

    long misses() {
        return misses.get();
    }

    long bypassed() {
        return bypassed.get();
    }
}
