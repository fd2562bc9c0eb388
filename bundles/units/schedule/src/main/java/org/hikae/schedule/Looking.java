package org.hikae.schedule;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
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
    private final Semaphore told = new Semaphore(0);

    /** Guarded by this. Null: not begun. */
    private Thread thread;

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

    void now() {
        told.release();
    }

    @Override
    public void run() {
        try {
            while (stop.getCount() > 0) {
                told.drainPermits();
                if (looked()) {
                    told.tryAcquire(EVERY_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    // However often it is told to look.
                    stop.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean looked() {
        try {
            look.run();
            return true;
        } catch (RuntimeException | Error e) {
            // Errors too: memory may run short for a moment, and nothing would be begun any more.
            LOG.error("schedules cannot be looked at; tried again soon", e);
            return false;
        }
    }
}
