package org.hikae.logpernode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.io.BufferPool;

/**
 * A node's records between its writers and its files: one batch fills while the other is written, and when both are full
 * writers wait. A record in a batch is held: what loses the memory of a node loses its whole log, files too (R9). Thread-safe.
 */
final class RecordQueue {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How long the end of a log waits for files that take nothing; no guest waits for it. */
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(30);

    private static final int BATCHES = 2;

    private final LogGathering.Session session;
    private final BufferPool buffers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by {@link #lock}, as all below. */
    private final BlockSet.Builder held = new BlockSet.Builder();

    /** Null: none. */
    private Batch filling;

    private Batch spare;
    private int batches;
    private boolean closing;
    private boolean finished;
    private IOException failure;
    private long lastNumber;
    private long records;
    private long dropped;
    private long progressAt = System.nanoTime();

    RecordQueue(LogGathering.Session session, BufferPool buffers) {
        this.session = session;
        this.buffers = buffers;
    }

    List<BlockRun> missing(BlockRun run) {
        lock.lock();
        try {
            return held.missing(run);
        } finally {
            lock.unlock();
        }
    }

    /** Numbers are taken under the lock, so they ascend in the files, and after the data was read (R6). */
    void append(List<BlockRun> runs, ByteBuffer data) throws IOException {
        lock.lock();
        try {
            Batch batch = awaitRoom(data.remaining());
            int at = data.position();
            for (BlockRun run : runs) {
                add(batch, run, data, at);
                at += bytes(run.count());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves out what another writer of this node has logged since it was asked what is missing: that is older. */
    private void add(Batch batch, BlockRun run, ByteBuffer data, int at) throws IOException {
        long kept = 0;
        for (BlockRun part : held.missing(run)) {
            batch.add(number(), part, data.slice(at + bytes(part.first() - run.first()), bytes(part.count())));
            records++;
            kept += part.count();
        }
        dropped += run.count() - kept;
        held.add(run);
    }

    private long number() throws IOException {
        long number = session.nextNumber();
        if (number <= lastNumber) {
            failure = new IOException("the counter was restarted: it gave " + number + " after " + lastNumber);
            changed.signalAll();
            check();
        }
        lastNumber = number;
        return number;
    }

    private int bytes(long blocks) {
        return Math.toIntExact(blocks * session.blockSize());
    }

    /** Waits for the files, but not for ever: a medium that hangs must not hang the guests. */
    private Batch awaitRoom(int bytes) throws IOException {
        long begin = System.nanoTime();
        Overload overload = session.overload();
        Batch batch = batchFor(bytes);
        while (batch == null) {
            if (session.hasFailed()) {
                throw new IOException("the backup has failed");
            }
            long since = overload.holdsWrites() ? begin : latest(begin, progressAt);
            if (System.nanoTime() - since > overload.limit().toNanos()) {
                throw new IOException("the log cannot keep up: the temporary log medium has had no room for "
                        + overload.limit().toMillis() + " ms");
            }
            Interrupts.await(changed, STEP_NANOS);
            batch = batchFor(bytes);
        }
        return batch;
    }

    private static long latest(long a, long b) {
        return a - b > 0 ? a : b;
    }

    /** The filling batch, if it has room; else null. */
    private Batch batchFor(int bytes) throws IOException {
        check();
        if (filling == null && spare != null) {
            filling = spare;
            spare = null;
        } else if (filling == null && batches < BATCHES) {
            filling = new Batch(buffers);
            batches++;
        }
        return filling != null && filling.hasRoom(bytes) ? filling : null;
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (closing) {
            throw new IOException("this log has ended");
        }
    }

    /** The next batch to write; null when there will be none. */
    Batch next() {
        lock.lock();
        try {
            while (isEmpty() && !closing && failure == null) {
                changed.awaitUninterruptibly();
            }
            if (isEmpty() || failure != null) {
                return null;
            }
            Batch batch = filling;
            filling = null;
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return filling == null || filling.isEmpty();
    }

    /** Takes back a batch that is written, or never will be. */
    void give(Batch batch) {
        lock.lock();
        try {
            batch.clear();
            spare = batch;
            progressAt = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Something was written. */
    void progress() {
        lock.lock();
        try {
            progressAt = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever writes has ended, with everything or with a failure. */
    void finish() {
        lock.lock();
        try {
            finished = true;
            for (Batch batch : new Batch[] {filling, spare}) {
                if (batch != null) {
                    batch.release(buffers);
                }
            }
            filling = null;
            spare = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes nothing any more.
     *
     * @return false if it had failed before: the first reason stays
     */
    boolean fail(IOException reason) {
        lock.lock();
        try {
            boolean first = failure == null;
            if (first) {
                failure = reason;
                changed.signalAll();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no record any more, and waits until all are written.
     *
     * @throws IOException if anything of what was appended cannot be
     */
    void close() throws IOException {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
            long limit = Math.max(
                    PATIENCE_AT_END.toNanos(), session.overload().limit().toNanos());
            long begin = System.nanoTime();
            while (!finished && failure == null) {
                if (session.hasFailed()) {
                    failure = new IOException("the backup has failed");
                } else if (System.nanoTime() - latest(begin, progressAt) > limit) {
                    failure = new IOException("the temporary log medium has taken nothing for "
                            + TimeUnit.NANOSECONDS.toSeconds(limit) + " s");
                }
                Interrupts.await(changed, STEP_NANOS);
            }
            checkWritten();
        } finally {
            lock.unlock();
        }
    }

    /** @throws IOException if not everything is written */
    void checkWritten() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (!finished) {
                throw new IOException("its log has not ended");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Number of records taken. */
    long records() {
        lock.lock();
        try {
            return records;
        } finally {
            lock.unlock();
        }
    }

    /** Number of blocks that were logged again. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
