package org.hikae.itests.platform;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;

/**
 * When a guest overwrites a block between the instant of a backup and the copy of anything: whatever else happens, its
 * before-image is logged. The backup stands still from its instant on until that is done, and goes on as it likes from then on.
 */
final class SureOverwrite {
    private final Disk disk;
    private final long block;
    private final SplittableRandom random;
    private final CompletableFuture<Job> begun = new CompletableFuture<>();

    /** Attempts at the instant: one that is not reached in time is made anew. Guarded by this, as below. */
    private int instants;

    /** For how many of them the block was overwritten. */
    private int overwritten;

    private boolean over;

    SureOverwrite(Disk disk, SplittableRandom random) {
        this.disk = disk;
        this.random = random;
        this.block = random.nextLong((disk.size() - 1) / disk.blockSize() + 1);
    }

    /** Always of the same block: changed before the backup, it is one that a differential wants too. */
    Change change() {
        long offset = block * disk.blockSize();
        int length = 1 + random.nextInt((int) Math.min(disk.blockSize(), disk.size() - offset));
        return new Change(Change.Kind.WRITE_THROUGH, offset, length, random.nextLong());
    }

    void begun(Job job) {
        begun.complete(job);
    }

    /** The job's thread is at the instant, with all guests held; nothing is copied before that of the last attempt. */
    void instant() {
        Job job =
                begun.orTimeout(Services.DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
        synchronized (this) {
            instants++;
            job.pause();
            notifyAll();
        }
    }

    /** Asked by the guest, with what it did before done: waits until there is something to overwrite, or never will be. */
    synchronized boolean isWanted() {
        goOn();
        try {
            while (overwritten == instants && !over) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        boolean wanted = overwritten < instants;
        overwritten = instants;
        return wanted;
    }

    /** Unless the instant was tried once more since: the block is to be overwritten after that one, too. */
    private void goOn() {
        if (instants > 0 && overwritten == instants) {
            begun.join().resume();
        }
    }

    /** The backup has ended, or the guest: nothing is to stand still any more. */
    synchronized void over() {
        over = true;
        overwritten = instants;
        goOn();
        notifyAll();
    }
}
