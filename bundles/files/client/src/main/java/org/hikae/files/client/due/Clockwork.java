package org.hikae.files.client.due;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second, on a thread of its own, and whenever it is told to. It does not sleep until something is due: the clock may be set
 * meanwhile, or the machine sleep. Thread-safe.
 */
public final class Clockwork implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
    private static final long EVERY_MILLIS = 1000;

    private final Runnable look;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Semaphore told = new Semaphore(0);
    private final Thread thread;

    public Clockwork(Runnable look) {
        this.look = look;
        thread = new Thread(this, "hikae-client");
        thread.setDaemon(true);
    }

    public void begin() {
        thread.start();
    }

    /** Looks at once. */
    public void now() {
        told.release();
    }

    /** The last look is over when this returns, or a time has passed. */
    public void end(long millis) {
        stop.countDown();
        told.release();
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (stop.getCount() > 0) {
                told.drainPermits();
                if (looked()) {
                    told.tryAcquire(EVERY_MILLIS, TimeUnit.MILLISECONDS);
                } else {
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
            LOG.error("what is due cannot be looked at; tried again soon", e);
            return false;
        }
    }
}
