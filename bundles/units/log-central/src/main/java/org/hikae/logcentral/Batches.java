package org.hikae.logcentral;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hikae.api.block.BlockRun;

/**
 * The records that are held and not in the sink yet, in their order, in a bounded number of batches. Writers need room only
 * now and then, and get it batch by batch as the sink takes them. Not thread-safe.
 */
final class Batches {

    /** All that a session holds in memory, in {@link Batch#BYTES}. */
    static final int MOST = 8;

    private final Deque<Batch> full = new ArrayDeque<>();
    private final Deque<Batch> free = new ArrayDeque<>();
    private Batch filling = new Batch();
    private int made = 1;

    /** Whether so many bytes can be added now, {@link Batch#BYTES} at most. */
    boolean hasRoom(int bytes) {
        return filling.hasRoom(bytes) || !free.isEmpty() || made < MOST;
    }

    /**
     * Makes sure that the next records, of so many bytes in all, go into one batch; there is room for them.
     *
     * @return whether a batch became full
     */
    boolean begin(int bytes) {
        if (filling.hasRoom(bytes)) {
            return false;
        }
        full.add(filling);
        filling = another();
        return true;
    }

    /** The one that was used last is still in the processor's cache. */
    private Batch another() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        made++;
        return new Batch();
    }

    /** Adds what {@link #begin} made room for: {@code length} bytes of the buffer from {@code from} on. */
    void add(long number, BlockRun run, ByteBuffer data, int from, int length) {
        filling.add(number, run, data, from, length);
    }

    /** Whether there is a batch that nothing more is added to. */
    boolean hasFull() {
        return !full.isEmpty();
    }

    boolean isEmpty() {
        return full.isEmpty() && filling.isEmpty();
    }

    /** The oldest batch with records in it; null if there is none. Its user gives it back before taking another. */
    Batch take() {
        if (!full.isEmpty()) {
            return full.remove();
        }
        if (filling.isEmpty()) {
            return null;
        }
        Batch taken = filling;
        filling = another();
        return taken;
    }

    void giveBack(Batch written) {
        written.clear();
        free.push(written);
    }
}
