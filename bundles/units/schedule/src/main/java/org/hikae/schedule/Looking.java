package org.hikae.schedule;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second, on a thread of its own, and whenever it is told to. It does not sleep until something is due: the clock may be
 * set meanwhile, or the machine sleep. Thread-safe.
 */
final class Looking implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Looking.class);
    private static final long EVERY_MILLIS = 1000;

    private final Runnable look;
    private final CountDownLatch stop;

    /** Guarded by this, as below. Null: not begun. */
    private Thread thread;

    private boolean told;

    /** @param stop ends it at zero, at the next look */
    Looking(Runnable look, CountDownLatch stop) {
        this.look = look;
        this.stop = stop;
    }

    /** Does nothing if it has begun. */
    synchronized void begin() {
        if (thread == null) {
            thread = new Thread(this, "hikae-schedules");
            thread.setDaemon(true);
            thread.start();
        }
    }

    synchronized void now() {
        told = true;
        notifyAll();
    }

    @Override
    public void run() {
        while (stop.getCount() > 0) {
            try {
                look.run();
                awaitNext();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("schedules cannot be looked at; tried again soon", e);
                pauseAfterFailure();
            }
        }
    }

    private synchronized void awaitNext() throws InterruptedException {
        if (!told && stop.getCount() > 0) {
            wait(EVERY_MILLIS);
        }
        told = false;
    }

    /** However often it is told to look. */
    private void pauseAfterFailure() {
        try {
            stop.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
