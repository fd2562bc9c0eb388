package org.hikae.logcentral;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;

/**
 * One session of a.3, by the flow of figure 7: the first record of each block is kept, at block grain.
 *
 * <p>A record is acknowledged when it stands in the filling batch. That is memory, and enough: a node lost afterwards
 * loses nothing, and if this process is lost, so is the backup. One thread writes the other batch to the sink; when
 * both are full, nodes wait, which bounds memory and slows writers to the speed of the log medium.
 */
final class CentralGatherer implements LogGathering.Gatherer {

    /** How long a node waits for the log medium before it overwrites a block unlogged, and the backup fails. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LogGathering.Session session;
    private final LogSink sink;
    private final Consumer<CentralGatherer> onClose;
    private final Thread writer = new Thread(this::write, "hikae-log-central");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by {@link #lock}, as all below. */
    private final BlockSet.Builder held = new BlockSet.Builder();

    private Batch filling = new Batch();
    private Batch spare = new Batch();
    private boolean writing;
    private boolean ended;
    private IOException failure;
    private long records;
    private long dropped;

    CentralGatherer(LogGathering.Session session, LogSink sink, Consumer<CentralGatherer> onClose) {
        this.session = session;
        this.sink = sink;
        this.onClose = onClose;
        writer.setDaemon(true);
    }

    void start() {
        writer.start();
    }

    /** A node's log keeps nothing of its own: to close it is only to ask whether all it sent is held. */
    @Override
    public LogGathering.NodeRecords join(LoggingNode node) {
        return new LogGathering.NodeRecords() {
            @Override
            public List<BlockRun> missing(BlockRun run) {
                return unlogged(run);
            }

            @Override
            public void append(List<BlockRun> runs, ByteBuffer data) throws IOException {
                int at = data.position();
                for (BlockRun run : runs) {
                    int length = Math.toIntExact(run.count() * session.blockSize());
                    CentralGatherer.this.append(run, data.slice(at, length));
                    at += length;
                }
            }

            @Override
            public void close() throws IOException {
                checkHeld();
            }
        };
    }

    @Override
    public List<BlockRun> unlogged(BlockRun run) {
        lock.lock();
        try {
            return held.missing(run);
        } finally {
            lock.unlock();
        }
    }

    /** The number is taken under the lock, so records are numbered in the order in which they are acknowledged (R6). */
    private void append(BlockRun run, ByteBuffer data) throws IOException {
        lock.lock();
        try {
            awaitRoom(data.remaining());
            long kept = 0;
            for (BlockRun first : held.missing(run)) {
                filling.add(session.nextNumber(), first, slice(run, first, data));
                records++;
                kept += first.count();
            }
            dropped += run.count() - kept;
            held.add(run);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the writer, but not for ever: a medium that hangs must not hang the guests. */
    private void awaitRoom(int bytes) throws IOException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (failure == null && !ended && !filling.hasRoom(bytes)) {
            if (session.hasFailed()) {
                throw new IOException("the backup has failed");
            }
            if (System.nanoTime() - until > 0) {
                throw new IOException("the log medium has taken nothing for " + PATIENCE_NANOS / 1_000_000_000 + " s");
            }
            Waiting.upTo(changed, STEP_NANOS);
        }
        check();
    }

    private ByteBuffer slice(BlockRun run, BlockRun part, ByteBuffer data) {
        int blockSize = session.blockSize();
        int from = data.position() + Math.toIntExact((part.first() - run.first()) * blockSize);
        return data.slice(from, Math.toIntExact(part.count() * blockSize));
    }

    private void write() {
        Batch batch = next();
        while (batch != null) {
            try {
                batch.writeTo(sink, session.blockSize());
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            }
            batch.clear();
            give(batch);
            batch = next();
        }
    }

    /** The next batch to write; null when the session has ended. */
    private Batch next() {
        lock.lock();
        try {
            while (filling.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            if (ended || failure != null) {
                return null;
            }
            Batch batch = filling;
            filling = spare;
            spare = null;
            writing = true;
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void give(Batch batch) {
        lock.lock();
        try {
            spare = batch;
            writing = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable cause) {
        IOException reason = cause instanceof IOException e ? e : new IOException("the log failed: " + cause, cause);
        lock.lock();
        try {
            failure = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        session.failed(reason);
    }

    @Override
    public LogGathering.Gathered complete() throws IOException {
        lock.lock();
        try {
            while (failure == null && !ended && !session.hasFailed() && (writing || !filling.isEmpty())) {
                Waiting.upTo(changed, STEP_NANOS);
            }
            check();
            if (session.hasFailed()) {
                throw new IOException("the backup has failed");
            }
            return new LogGathering.Gathered(records, dropped, 0, 0, held.build());
        } finally {
            lock.unlock();
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (ended) {
            throw new IOException("the central log was stopped");
        }
    }

    private void checkHeld() throws IOException {
        lock.lock();
        try {
            check();
        } finally {
            lock.unlock();
        }
    }

    /** On return the sink is touched no more. */
    @Override
    public void close() {
        end();
        Waiting.forEndOf(writer);
    }

    /** Takes no record any more; waits for nothing. */
    void end() {
        onClose.accept(this);
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
