package org.hikae.tape.recall;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.io.Buffers;

/**
 * A bounded number of slots in memory, for all readers: what is read ahead of one until it has passed, and what was read past the buffer
 * as long as there is room. Thread-safe.
 */
final class SlotMemory {

    private final int slotBytes;
    private final int most;
    /** The least recently used first; guarded by this, as all of the entries. */
    private final Map<SlotKey, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int allocated;

    /** A slot, or room for one that is to come. */
    final class Held {

        private final SlotKey key;
        private final ByteBuffer data;
        /** For whom it is held until that one has passed; null: for nobody any more. */
        private Stream owner;

        private boolean filled;
        private int readers;
        private boolean dropped;

        private Held(SlotKey key, ByteBuffer data, Stream owner) {
            this.key = key;
            this.data = data;
            this.owner = owner;
        }

        /** Takes the slot in. */
        void fill(ByteBuffer slot) {
            data.clear().put(slot.duplicate()).flip();
            synchronized (SlotMemory.this) {
                filled = true;
                if (dropped) {
                    free.addFirst(data);
                }
            }
        }

        /** It does not come. */
        void giveUp() {
            synchronized (SlotMemory.this) {
                held.remove(key, this);
                free.addFirst(data);
            }
        }

        private boolean isSpare() {
            return filled && readers == 0 && (owner == null || owner.isIdle());
        }
    }

    SlotMemory(int slotBytes, int most) {
        this.slotBytes = slotBytes;
        this.most = most;
    }

    /** Fills a buffer with bytes of a slot from an offset on, if it is there. */
    boolean read(SlotKey key, int offset, ByteBuffer dst) {
        Held from;
        synchronized (this) {
            from = held.get(key);
            if (from == null || !from.filled) {
                return false;
            }
            from.readers++;
        }
        dst.put(from.data.slice(offset, dst.remaining()));
        synchronized (this) {
            from.readers--;
            freeIfDropped(from);
        }
        return true;
    }

    /** Whether a slot is held or is to come. */
    synchronized boolean contains(SlotKey key) {
        return held.containsKey(key);
    }

    /**
     * Room for a slot that is to come.
     *
     * @param owner who needs it; null: nobody in particular
     * @return null if all is needed, or the slot is there
     */
    synchronized Held reserve(SlotKey key, Stream owner) {
        if (held.containsKey(key)) {
            return null;
        }
        ByteBuffer data = takeFree();
        if (data == null) {
            return null;
        }
        Held room = new Held(key, data, owner);
        held.put(key, room);
        return room;
    }

    private ByteBuffer takeFree() {
        if (free.isEmpty() && allocated < most) {
            allocated++;
            return Buffers.allocate(slotBytes);
        }
        Iterator<Held> oldest = held.values().iterator();
        while (free.isEmpty() && oldest.hasNext()) {
            Held each = oldest.next();
            if (each.isSpare()) {
                oldest.remove();
                return each.data;
            }
        }
        return free.pollFirst();
    }

    /** An owner has passed what is before a slot: others may have that room. */
    synchronized void passed(Stream owner, long index) {
        for (Held each : held.values()) {
            if (each.owner == owner && each.key.index() < index) {
                each.owner = null;
            }
        }
    }

    /** An owner reads on elsewhere or not at all: nothing is held for it any more, and what comes is not held. */
    synchronized void forget(Stream owner) {
        Iterator<Held> all = held.values().iterator();
        while (all.hasNext()) {
            Held each = all.next();
            if (each.owner == owner) {
                all.remove();
                each.dropped = true;
                if (each.filled) {
                    freeIfDropped(each);
                }
            }
        }
    }

    private void freeIfDropped(Held each) {
        if (each.dropped && each.readers == 0) {
            free.addFirst(each.data);
        }
    }
}
