package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads ahead for those who read an object in sequence, past the buffer into memory (d.3): so the drive goes on while they work. What
 * fails is not told here; they ask for it themselves. Thread-safe.
 */
final class ReadAhead {

    private final Source source;
    private final Slots slots;
    private final SlotMemory memory;
    private final Fetches fetches;
    private final Streams streams;
    private final int slotBytes;
    private final Set<Expected> expected = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A slot that is to come. */
    private final class Expected implements Taker {

        private final SlotKey key;
        private final SlotMemory.Held room;
        private final AtomicBoolean ended = new AtomicBoolean();

        Expected(SlotKey key, SlotMemory.Held room) {
            this.key = key;
            this.room = room;
        }

        @Override
        public void take(ByteBuffer slot) {
            if (ended.compareAndSet(false, true)) {
                room.fill(slot);
            }
            expected.remove(this);
        }

        @Override
        public void fail(IOException why) {
            giveUp();
        }

        void giveUp() {
            if (ended.compareAndSet(false, true)) {
                room.giveUp();
            }
            expected.remove(this);
        }
    }

    ReadAhead(Source source, Slots slots, SlotMemory memory, Fetches fetches, Streams streams, int slotBytes) {
        this.source = source;
        this.slots = slots;
        this.memory = memory;
        this.fetches = fetches;
        this.streams = streams;
        this.slotBytes = slotBytes;
    }

    /** Asks for what will be needed, as far as there is room. */
    void go(Stream stream) {
        Streams.Ahead ahead = streams.ahead(stream);
        if (ahead == null) {
            return;
        }
        long length = source.key().length();
        for (long index = ahead.from(); index < ahead.to() && index * slotBytes < length; index++) {
            SlotKey key = new SlotKey(source.key(), index);
            long from = index * slotBytes;
            boolean hole =
                    source.parts(from, Math.min(length, from + slotBytes)).isEmpty();
            if (!hole && !slots.contains(key)) {
                SlotMemory.Held room = memory.reserve(key, stream);
                if (room == null) {
                    streams.stopped(ahead, index);
                    return;
                }
                ask(new Expected(key, room));
            }
        }
    }

    private void ask(Expected slot) {
        expected.add(slot);
        fetches.request(source, slot.key, slot, false);
        if (closed) {
            leave(slot);
        }
    }

    private void leave(Expected slot) {
        fetches.leave(slot.key, slot);
        slot.giveUp();
    }

    /** What was asked for is not needed any more. */
    void close() {
        closed = true;
        expected.forEach(this::leave);
    }
}
