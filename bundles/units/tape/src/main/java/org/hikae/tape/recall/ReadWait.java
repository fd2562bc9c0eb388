package org.hikae.tape.recall;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Progress;

/** One who reads, and waits until all slots that are needed have come. Thread-safe. */
final class ReadWait {

    /** How often one who waits looks whether what it works for was cancelled. */
    private static final long LOOK_MILLIS = 250;

    private final Fetches fetches;
    /** What was asked for; used by the reading thread alone. */
    private final List<Part> parts = new ArrayList<>(1);
    /** Number of those that have not come; guarded by this, as {@link #failure}. */
    private int missing;

    private IOException failure;
    /** Nothing is written to the reader's buffer any more; guarded by this. */
    private boolean gone;

    /** What is needed of a slot. */
    private final class Part implements Taker {

        final SlotKey key;
        private final int offset;
        private final ByteBuffer dst;

        Part(SlotKey key, int offset, ByteBuffer dst) {
            this.key = key;
            this.offset = offset;
            this.dst = dst;
        }

        @Override
        public void take(ByteBuffer slot) {
            synchronized (ReadWait.this) {
                if (!gone) {
                    dst.put(slot.slice(offset, dst.remaining()));
                    missing--;
                    ReadWait.this.notifyAll();
                }
            }
        }

        @Override
        public void fail(IOException why) {
            end(why);
        }
    }

    ReadWait(Fetches fetches) {
        this.fetches = fetches;
    }

    /**
     * Asks for bytes of a slot.
     *
     * @param offset in the slot
     * @param dst is filled; nobody else uses it until {@link #leave}
     * @param keep whether the slot belongs into the buffer
     */
    void ask(Source source, SlotKey key, int offset, ByteBuffer dst, boolean keep) {
        Part part = new Part(key, offset, dst);
        parts.add(part);
        synchronized (this) {
            missing++;
        }
        fetches.request(source, key, part, keep);
    }

    /**
     * Waits until everything has come. What the thread works for ({@link CurrentProgress}) is told of the cartridge that is waited for.
     *
     * @throws java.util.concurrent.CancellationException if that was cancelled
     * @throws InterruptedIOException if the thread is interrupted; it is again then
     * @throws IOException if it does not come
     */
    void await() throws IOException {
        Progress progress = CurrentProgress.get();
        boolean told = false;
        try {
            progress.check();
            while (!isOver(LOOK_MILLIS)) {
                progress.check();
                // Without the monitor: those who deliver have one of their own.
                progress.waiting(
                        fetches.awaited(parts.stream().map(part -> part.key).toList()));
                told = true;
            }
        } finally {
            if (told) {
                progress.waiting(null);
            }
        }
        checkCome();
    }

    /** Waits so long at most. */
    private synchronized boolean isOver(long millis) throws InterruptedIOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            long left = millis;
            while (missing > 0 && failure == null && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for a tape");
            interrupted.initCause(e);
            throw interrupted;
        }
        return missing == 0 || failure != null;
    }

    private synchronized void checkCome() throws IOException {
        if (failure != null) {
            throw Failures.again(failure);
        }
    }

    /** Ends the wait: nothing comes. */
    synchronized void end(IOException why) {
        if (failure == null) {
            failure = why;
        }
        notifyAll();
    }

    /** Waits for nothing any more, and lets the buffers be used by others. */
    void leave() {
        synchronized (this) {
            gone = true;
        }
        parts.forEach(part -> fetches.leave(part.key, part));
    }
}
