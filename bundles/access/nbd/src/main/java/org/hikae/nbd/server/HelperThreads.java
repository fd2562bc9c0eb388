package org.hikae.nbd.server;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hikae.nbd.session.Helpers;

/**
 * Threads for clients with several requests in flight. There are none while nobody wants them. They are never
 * interrupted, since that would close the file of a disk for everyone.
 */
final class HelperThreads implements Helpers, AutoCloseable {

    private static final int MOST = 256;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Threads.named("hikae-nbd-helper"));

    @Override
    public boolean start(Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // A client has a thread of its own in any case.
            return false;
        }
    }

    /** Starts none any more; those that work go on. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
