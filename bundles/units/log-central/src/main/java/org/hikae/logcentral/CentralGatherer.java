package org.hikae.logcentral;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;

/**
 * The log manager's side of a.3, by the flow of figure 7: of all messages, the first record of each block is kept, at block
 * grain.
 *
 * <p>A message is answered when its records stand in a batch. That is memory, and enough: a node lost afterwards loses
 * nothing, and if this process is lost, so is the backup. One thread writes the batches to the sink; when all are full,
 * nodes wait, which bounds memory and slows writers to the speed of the log medium.
 */
final class CentralGatherer implements LogGathering.Gatherer {

    /** How long records stand in a batch that is not full before they are written all the same. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LogGathering.Session session;
    private final LogSink sink;
    private final Consumer<CentralGatherer> onClose;
    private final Thread writer = new Thread(this::write, "hikae-log-central");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by {@link #lock}, as all below. */
    private final BlockSet.Builder held = new BlockSet.Builder();

    private final Batches batches = new Batches();
    private boolean writing;
    /** When the sink took a batch last. */
    private long progressAt = System.nanoTime();

    private boolean completing;
    private boolean ended;
    private IOException failure;
    private long lastNumber;
    private long records;
    private long dropped;
    private long messages;
    private long messageBytes;

    CentralGatherer(LogGathering.Session session, LogSink sink, Consumer<CentralGatherer> onClose) {
        this.session = session;
        this.sink = sink;
        this.onClose = onClose;
        writer.setDaemon(true);
    }

    void start() {
        writer.start();
    }

    @Override
    public LogGathering.NodeRecords join(LoggingNode node) {
        return new NodeMessages(this);
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

    /** Takes a message whole: on return its records are held, and numbered in the order in which messages came (R6). */
    void take(Message message) throws IOException {
        lock.lock();
        try {
            awaitRoom(message);
            if (batches.begin(message.dataBytes())) {
                changed.signalAll();
            }
            for (Message.Part part : message.parts()) {
                keepFirst(part);
            }
            messages++;
            messageBytes += message.bytes();
        } finally {
            lock.unlock();
        }
    }

    private void keepFirst(Message.Part part) throws IOException {
        int at = part.data().position();
        for (BlockRun run : part.runs()) {
            dropped += run.count();
            for (BlockRun first : held.missing(run)) {
                int from = at + bytes(first.first() - run.first());
                batches.add(nextNumber(), first, part.data(), from, bytes(first.count()));
                records++;
                dropped -= first.count();
            }
            held.add(run);
            at += bytes(run.count());
        }
    }

    private int bytes(long blocks) {
        return Math.toIntExact(blocks * session.blockSize());
    }

    private long nextNumber() throws IOException {
        long number = session.nextNumber();
        if (number <= lastNumber) {
            throw fail(new IOException("the counter of the before-image log was restarted: number " + number
                    + " came after " + lastNumber + "; make the backup again"));
        }
        lastNumber = number;
        return number;
    }

    /**
     * Waits for the writer, but not for ever: a medium that hangs must not hang the guests. Where writes are not held, what
     * counts is that it hangs: many who wait for a slow one get on, each in its turn.
     */
    private void awaitRoom(Message message) throws IOException {
        Overload overload = session.overload();
        while (failure == null && !ended && !batches.hasRoom(message.dataBytes())) {
            checkSession();
            long since = overload.holdsWrites() ? message.since() : later(message.since(), progressAt);
            long left = since + overload.limit().toNanos() - System.nanoTime();
            if (left <= 0) {
                throw fail(tooSlow(overload));
            }
            Waiting.upTo(changed, Math.min(left, STEP_NANOS));
        }
        check();
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    private static IOException tooSlow(Overload overload) {
        return new IOException("the log cannot keep up with the writers: its medium made no room for "
                + overload.limit().toSeconds() + " s; choose "
                + (overload.holdsWrites() ? "a longer limit" : "'bilog strategy --overload hold-writes'")
                + ", a faster log medium, or a time at which less is written");
    }

    private void write() {
        Batch batch = next();
        while (batch != null) {
            try {
                batch.writeTo(sink);
            } catch (IOException e) {
                fail(e);
            } catch (RuntimeException | Error e) {
                fail(new IOException("the log failed: " + e, e));
            }
            giveBack(batch);
            batch = next();
        }
    }

    /** The next batch to write; null when the session has ended. What is not full yet is given time to become so. */
    private Batch next() {
        lock.lock();
        try {
            Batch batch = completing || batches.hasFull() ? batches.take() : null;
            while (batch == null && !ended && failure == null) {
                Waiting.upTo(changed, STEP_NANOS);
                batch = batches.take();
            }
            writing = batch != null;
            return ended || failure != null ? null : batch;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Batch batch) {
        lock.lock();
        try {
            batches.giveBack(batch);
            writing = false;
            progressAt = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return the reason, for whoever throws it */
    private IOException fail(IOException reason) {
        lock.lock();
        try {
            failure = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        session.failed(reason);
        return reason;
    }

    @Override
    public LogGathering.Gathered complete() throws IOException {
        lock.lock();
        try {
            completing = true;
            changed.signalAll();
            while (failure == null && !ended && (writing || !batches.isEmpty())) {
                checkSession();
                Waiting.upTo(changed, STEP_NANOS);
            }
            check();
            checkSession();
            return new LogGathering.Gathered(records, dropped, messages, messageBytes, held.build());
        } finally {
            lock.unlock();
        }
    }

    private void checkSession() throws IOException {
        if (session.hasFailed()) {
            throw new IOException("the backup has failed");
        }
    }

    /** @throws IOException if anything of what was taken is lost */
    void check() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (ended) {
                throw new IOException("the central log was stopped");
            }
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
