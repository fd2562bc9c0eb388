package org.hikae.block.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the region log of a run. Whoever waits for a record while another is being made durable has its own made
 * durable together with all that wait: one force serves them all. Thread-safe.
 */
final class RegionLog {

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

    long number() {
        return identity.number();
    }

    /**
     * Makes a record durable.
     *
     * @return false if the log is full or has ended: the record belongs into the next one
     * @throws IOException if it cannot be made durable, nor any later one
     */
    boolean append(LogEntry entry) throws IOException {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            waiting.add(entry);
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
        List<LogEntry> entries = waiting.subList(0, Math.min(waiting.size(), LogFormat.MAX_RECORDS));
        ByteBuffer batch = LogFormat.batch(identity, next, entries);
        if (entries.size() < waiting.size() || batch.remaining() > length - position) {
            ended = true;
            changed.signalAll();
            return;
        }
        waiting = new ArrayList<>();
        long number = next++;
        int at = position;
        position += batch.remaining();
        writing = true;
        lock.unlock();
        IOException failed = null;
        try {
            file.write(batch, at);
            file.force();
        } catch (IOException e) {
            failed = e;
        } catch (RuntimeException | Error e) {
            failed = new IOException("internal error " + e, e);
        }
        lock.lock();
        writing = false;
        durable = failed == null ? number : durable;
        failure = failed;
        changed.signalAll();
    }

    /** Lets nothing in any more, and closes the file once what is under way has ended. */
    void end() throws IOException {
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
