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
     * @param dst if not, undefined between position and limit, which stay
     */
    boolean read(SlotKey key, int offset, ByteBuffer dst) {
        int position = dst.position();
        boolean found = memory.read(key, offset, dst) || buffer.read(key, offset, dst);
        if (!found) {
            dst.position(position);
        }
        return found;
    }

    boolean contains(SlotKey key) {
        return memory.contains(key) || buffer.contains(key);
    }

    /** Takes note of a slot that is read from tape since it was not in the buffer. */
    void missed() {
        misses.incrementAndGet();
    }

    /** Takes in what was read from tape at random: it belongs into the buffer, or into memory as long as there is room. */
    void keep(SlotKey key, ByteBuffer slot) {
        if (!buffer.put(key, slot)) {
            bypassed.addAndGet(slot.remaining());
            remember(key, slot);
        }
    }

    /** Takes in what was read from tape in sequence: a reader may come back for the rest of it at once. */
    void pass(SlotKey key, ByteBuffer slot) {
        if (remember(key, slot)) {
            bypassed.addAndGet(slot.remaining());
        } else {
            keep(key, slot);
        }
    }

    private boolean remember(SlotKey key, ByteBuffer slot) {
        SlotMemory.Held room = memory.reserve(key, null);
        if (room != null) {
            room.fill(slot);
        }
        return room != null || memory.contains(key);
    }

    long misses() {
        return misses.get();
    }

    long bypassed() {
        return bypassed.get();
    }
}
