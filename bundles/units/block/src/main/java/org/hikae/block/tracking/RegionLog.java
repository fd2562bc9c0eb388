package org.hikae.block.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.block.BlockSet;

/**
 * Writes the region log of a run. Whoever waits for a record while another is being made durable has its own made
 * durable together with all that wait: one force serves them all. Thread-safe.
 */
public final class RegionLog {

    private final LogFormat.Identity identity;
    private final Storage.OpenFile file;
    private final int length;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What the next batch will hold. Guarded by {@link #lock}, as all below. */
    private List<LogEntry> waiting = new ArrayList<>();

    /** The sequence number of that batch. */
    private long next = 1;

    /** All batches up to that one are durable. */
    private long durable;

    /** What is durable. */
    private final List<LogEntry> entries = new ArrayList<>();

    private int position = LogFormat.start();
    private boolean writing;
    private boolean ended;
    /** Why nothing can be made durable any more: after a failed force nobody knows what is on the disk. */
    private IOException failure;

    /** @param length bytes of the file, which is there */
    RegionLog(LogFormat.Identity identity, Storage.OpenFile file, int length) {
        this.identity = identity;
        this.file = file;
        this.length = length;
    }

    public long number() {
        return identity.number();
    }

    /**
     * Makes a record durable.
     *
     * @return false if the log is full or has ended: the record belongs into the next one
     * @throws IOException if it cannot be made durable, nor any later one
     */
    boolean append(LogEntry entry) throws IOException {
        return append(List.of(entry));
    }

    /**
     * Makes records durable, in one batch.
     *
     * @param records at least one, at most {@link LogFormat#MAX_RECORDS}
     * @return false if the log is full or has ended, or there are too many: the records belong into the next one
     * @throws IOException if they cannot be made durable, nor any later ones
     */
    public boolean append(List<LogEntry> records) throws IOException {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            waiting.addAll(records);
            long mine = next;
            while (durable < mine && failure == null && !ended) {
                if (writing) {
                    changed.awaitUninterruptibly();
                } else {
                    writeBatch();
                }
            }
            if (durable < mine && failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            return durable >= mine;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, without the lock, so that more can come and wait meanwhile. */
    private void writeBatch() {
        List<LogEntry> batch = waiting;
        ByteBuffer bytes = LogFormat.batch(identity, next, batch);
        if (batch.size() > LogFormat.MAX_RECORDS || bytes.remaining() > length - position) {
            ended = true;
            changed.signalAll();
            return;
        }
        waiting = new ArrayList<>();
        long number = next++;
        int at = position;
        position += bytes.remaining();
        writing = true;
        lock.unlock();
        IOException failed = null;
        try {
            file.write(bytes, at);
            file.force();
        } catch (IOException e) {
            failed = e;
        } catch (RuntimeException | Error e) {
            failed = new IOException("internal error " + e, e);
        }
        lock.lock();
        writing = false;
        failure = failed;
        if (failed == null) {
            durable = number;
            this.entries.addAll(batch);
        }
        changed.signalAll();
    }

    /** Whether it is full, or was ended. */
    boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** The regions that are durably recorded for an epoch; of a log that has ended, all of them. */
    BlockSet regions(long epoch) {
        lock.lock();
        try {
            BlockSet.Builder regions = new BlockSet.Builder();
            entries.stream().filter(entry -> entry.epoch() == epoch).forEach(entry -> regions.add(entry.regions()));
            return regions.build();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing in any more, and closes the file once what is under way has ended. */
    public void end() throws IOException {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            while (writing) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        file.close();
    }
}
