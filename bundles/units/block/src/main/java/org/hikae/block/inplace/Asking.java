package org.hikae.block.inplace;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks what a medium may never answer, and waits no longer than is decent. Until it has answered after all, nothing is asked
 * again. Thread-safe.
 */
final class Asking {

    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Duration patience;
    /** What was not answered in time; null if all was. Guarded by this. */
    private FutureTask<?> silent;

    Asking(Duration patience) {
        this.patience = patience;
    }

    /** @throws IOException if there is no answer, or the question throws it */
    <T> T ask(Callable<T> question) throws IOException {
        if (isSilent()) {
            throw new IOException("its medium has not answered yet");
        }
        FutureTask<T> task = new FutureTask<>(question);
        Thread thread = new Thread(task, "hikae-in-place-look");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            keepSilent(task);
            throw new IOException("its medium does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a medium was asked");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private synchronized boolean isSilent() {
        return silent != null && !silent.isDone();
    }

    private synchronized void keepSilent(FutureTask<?> task) {
        silent = task;
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof RuntimeException e) {
            throw e;
        } else if (cause instanceof Error e) {
            throw e;
        }
        return cause instanceof IOException e ? e : new IOException(cause);
    }
}
