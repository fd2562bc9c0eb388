package org.hikae.tape.recall;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.tier.BufferSpaces;
import org.hikae.tape.home.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buffer as it was chosen. One that fails is left alone for a while, and what was in it is read from tape: nothing here fails who
 * reads. Thread-safe.
 */
final class Buffering implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Buffering.class);

    /**
     * What is chosen.
     *
     * @param medium a name, {@link Settings#AUTO} or {@link Settings#NONE}
     * @param bytes of the room
     */
    record Choice(String medium, long bytes) {}

    /** A buffer on a medium. */
    private record Current(SlotBuffer slots, String medium, long bytes) {}

    private final BufferSpaces spaces;
    private final int slotBytes;
    private final LongSupplier nanos;
    private final long againNanos;
    private final AtomicLong hits = new AtomicLong();
    /** Held while a buffer is opened or chosen: others that find none do not wait. */
    private final ReentrantLock opening = new ReentrantLock();
    /** Null: there is none now. */
    private volatile Current current;

    private volatile Choice choice;
    /** Why there is none, or nothing can be put into it; null: nothing is wrong. */
    private volatile String problem;
    /** When it is tried again, as {@link #nanos}; what counts is only where {@link #problem} is not null. */
    private volatile long again;

    private volatile boolean closed;

    /** Nothing is opened before something is to be put into it. */
    Buffering(BufferSpaces spaces, Choice choice, Limits limits, LongSupplier nanos) {
        this.spaces = spaces;
        this.choice = choice;
        this.nanos = nanos;
        slotBytes = limits.slot();
        againNanos = limits.again().toNanos();
    }

    /**
     * Changes to another room; what was in the old one is forgotten.
     *
     * @throws IOException if it cannot be had; then all is as before
     */
    void choose(Choice next) throws IOException {
        opening.lock();
        try {
            // The first that will do may come yet.
            boolean none = next.medium().equals(Settings.AUTO) && spaces.usual() == null;
            Current opened = none ? null : open(next);
            Current old = current;
            choice = next;
            current = opened;
            problem = null;
            discard(old);
        } finally {
            opening.unlock();
        }
    }

    /** As {@link SlotBuffer#read}; false too if there is no buffer, or it fails. */
    boolean read(SlotKey key, int offset, ByteBuffer dst) {
        Current from = current;
        if (from == null) {
            return false;
        }
        try {
            boolean found = from.slots.read(key, offset, dst);
            if (found) {
                hits.incrementAndGet();
            }
            return found;
        } catch (IOException | RuntimeException e) {
            fail(from, e);
            return false;
        }
    }

    boolean contains(SlotKey key) {
        Current in = current;
        return in != null && in.slots.contains(key);
    }

    /** As {@link SlotBuffer#put}; false too if there is no buffer, or it fails. */
    boolean put(SlotKey key, ByteBuffer data) {
        if (problem != null && nanos.getAsLong() - again < 0) {
            return false;
        }
        Current to = currentOrOpened();
        if (to == null) {
            return false;
        }
        try {
            boolean kept = to.slots.put(key, data);
            if (problem != null && to == current) {
                problem = null;
            }
            return kept;
        } catch (MediumFullException e) {
            later("medium " + to.medium + " is full: " + Reason.of(e));
        } catch (IOException | RuntimeException e) {
            fail(to, e);
        }
        return false;
    }

    private Current currentOrOpened() {
        if (current != null || closed || choice.medium().equals(Settings.NONE) || !opening.tryLock()) {
            return current;
        }
        try {
            if (current == null && !closed) {
                current = open(choice);
                problem = null;
            }
        } catch (IOException | RuntimeException e) {
            later(Reason.of(e));
        } finally {
            opening.unlock();
        }
        return current;
    }

    private Current open(Choice wanted) throws IOException {
        if (wanted.medium().equals(Settings.NONE)) {
            return null;
        }
        String medium = wanted.medium().equals(Settings.AUTO) ? spaces.usual() : wanted.medium();
        if (medium == null) {
            throw new IOException("there is no medium that can hold a buffer: add one, such as a folder");
        }
        return new Current(new SlotBuffer(spaces.open(medium, wanted.bytes()), slotBytes), medium, wanted.bytes());
    }

    /** A buffer that was changed for another one meanwhile fails because it was closed. */
    private void fail(Current failed, Exception why) {
        if (!opening.tryLock()) {
            return; // another one is being chosen; if not, whoever reads next finds that this one fails
        }
        try {
            if (current == failed) {
                current = null;
                later("the buffer on medium " + failed.medium + " failed: " + Reason.of(why));
                LOG.warn("{}; what was in it is read from tape again", problem, why);
                discard(failed);
            }
        } finally {
            opening.unlock();
        }
    }

    private void later(String why) {
        again = nanos.getAsLong() + againNanos;
        problem = why;
    }

    private static void discard(Current old) {
        if (old == null) {
            return;
        }
        try {
            old.slots.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The former buffer on medium {} could not be given back: {}", old.medium, Reason.of(e));
        }
    }

    /** Name of the medium it is on now; null: none. */
    String medium() {
        Current now = current;
        return now == null ? null : now.medium;
    }

    Choice choice() {
        return choice;
    }

    long usedBytes() {
        Current now = current;
        return now == null ? 0 : now.slots.usedBytes();
    }

    long hits() {
        return hits.get();
    }

    /** Why there is none although one was chosen, or nothing is put into it; null: nothing is wrong. */
    String problem() {
        return problem;
    }

    /** Nothing is kept any more. */
    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            discard(current);
            current = null;
        } finally {
            opening.unlock();
        }
    }
}
