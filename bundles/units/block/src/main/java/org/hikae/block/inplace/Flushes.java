package org.hikae.block.inplace;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Reason;

/**
 * Makes durable what was written to the disk, and then which blocks are there, in this order: a block is never recorded
 * whose data a crash can take. Whoever comes while that is being done waits, and all who wait are served by one more. Thread-safe.
 */
final class Flushes {

    private final Presence presence;
    private final Recording recording;
    /** Held while the disk is forced and the home written. */
    private final ReentrantLock turn = new ReentrantLock();
    /** How many have begun. Changed with {@link #turn}. */
    private volatile long begun;
    /** The number of the newest that has succeeded. Guarded by {@link #turn}. */
    private long done;
    /** Why the disk could not be forced; null if it could. */
    private volatile IOException failure;

    Flushes(Presence presence, Recording recording) {
        this.presence = presence;
        this.recording = recording;
    }

    /**
     * Makes durable all that was written before this call.
     *
     * @param disk the file; the operating system tells each that has it open of what was lost
     * @throws IOException if it cannot be, now or when it was tried last: what the system has lost then, nobody knows
     */
    void force(BlockDevice disk) throws IOException {
        long enough = begun + 1;
        turn.lock();
        try {
            if (done < enough) {
                long mine = begun + 1;
                begun = mine;
                forceNow(disk);
                done = mine;
            }
        } finally {
            turn.unlock();
        }
    }

    /** Nothing is recorded any more, and nobody is doing so when this returns. */
    void stop() {
        turn.lock();
        try {
            failure = new IOException("the block manager has stopped");
        } finally {
            turn.unlock();
        }
    }

    private void forceNow(BlockDevice disk) throws IOException {
        check();
        BlockSet taken = presence.take();
        boolean recorded = false;
        try {
            forceDisk(disk);
            if (!taken.isEmpty()) {
                recording.record(taken, presence::taken);
            }
            recorded = true;
        } finally {
            if (!recorded) {
                presence.giveBack(taken);
            }
        }
    }

    private void forceDisk(BlockDevice disk) throws IOException {
        try {
            disk.force();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** @throws IOException if the disk could not be forced: what was not recorded until then never will be */
    void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw new IOException(
                    "what was written to the disk could not be made durable before: " + Reason.of(failed), failed);
        }
    }
}
