package org.hikae.copy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.Progress;

/** Progress that can be paused and cancelled, and tells how many workers stand still. */
final class TestProgress implements Progress {

    private final AtomicLong done = new AtomicLong();
    /** How many places to pause at are passed until the pause; guarded by this, as all below. */
    private int passes = Integer.MAX_VALUE;

    private int standing;
    private boolean cancelled;

    long done() {
        return done.get();
    }

    synchronized void pauseAfter(int number) {
        passes = number;
    }

    synchronized void resume() {
        passes = Integer.MAX_VALUE;
        notifyAll();
    }

    synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }

    synchronized void awaitStanding(int workers) throws InterruptedException {
        while (standing < workers) {
            wait();
        }
    }

    @Override
    public void phase(String phase) {}

    @Override
    public void total(long bytes) {}

    @Override
    public void advance(long bytes) {
        done.addAndGet(bytes);
    }

    @Override
    public synchronized void check() {
        if (cancelled) {
            throw new CancellationException("by the test");
        }
    }

    @Override
    public synchronized void pass(Check check) throws IOException {
        standing++;
        notifyAll();
        try {
            while (passes <= 0 && !cancelled) {
                check.run();
                wait(10);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            standing--;
        }
        passes--;
        check();
    }

    @Override
    public void onCancel(Runnable action) {}
}
