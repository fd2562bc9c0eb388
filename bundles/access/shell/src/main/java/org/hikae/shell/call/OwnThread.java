package org.hikae.shell.call;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command on a thread of its own, which is never interrupted. Shells interrupt the threads of commands (Ctrl-C, a
 * session that closes), and an interrupt would close the channel of a shared disk for everyone; so the thread of the
 * shell only waits, and an interrupt cancels the command.
 */
public final class OwnThread<T> {

    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Callable<T> work;
    private volatile T result;
    private volatile Throwable failure;

    private OwnThread(Callable<T> work) {
        this.work = work;
    }

    /** Runs it and returns what it returns, or throws what it throws. */
    public static <T> T run(String name, Cancellation cancellation, Callable<T> work) throws Exception {
        OwnThread<T> own = new OwnThread<>(work);
        Thread thread = new Thread(null, own::work, "hikae-command " + name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(OwnThread.class.getClassLoader());
        thread.start();
        own.await(cancellation);
        return own.outcome();
    }

    private void work() {
        try {
            result = work.call();
        } catch (Throwable e) {
            failure = e;
        } finally {
            over.countDown();
        }
    }

    private void await(Cancellation cancellation) {
        try {
            over.await();
        } catch (InterruptedException e) {
            cancellation.cancel();
            awaitCancelled();
            Thread.currentThread().interrupt();
        }
    }

    /** A command that waits for input may never notice. */
    private void awaitCancelled() {
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                failure = new CancellationException("cancelled");
            }
        } catch (InterruptedException e) {
            failure = new CancellationException("cancelled");
        }
    }

    private T outcome() throws Exception {
        Throwable thrown = failure;
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown != null) {
            throw (Exception) thrown;
        }
        return result;
    }
}
