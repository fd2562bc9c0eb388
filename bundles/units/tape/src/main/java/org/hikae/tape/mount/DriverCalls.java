package org.hikae.tape.mount;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.api.job.Progress;

/**
 * Calls drivers on threads of its own: nobody waits for one that hangs longer than is decent, or after being cancelled.
 * Thread-safe.
 */
final class DriverCalls {

    /** How often a caller looks whether it was cancelled. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Duration grace;
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "hikae-tape");
                thread.setDaemon(true);
                return thread;
            });

    /** @param grace how long something that was cancelled may take to end */
    DriverCalls(Duration grace) {
        this.grace = grace;
    }

    /** What is asked of a driver. */
    interface Call<T> {
        T run() throws IOException;
    }

    /** What is asked of a driver, without an answer. */
    interface Step {
        void run() throws IOException;
    }

    /**
     * Calls a driver and waits for it.
     *
     * @param what the driver does, such as "loading a cartridge", for messages
     * @param cancel asks the driver to end it
     * @throws HungException if it did not end in time, even cancelled
     * @throws CancellationException if the progress was cancelled; the call has ended
     * @throws InterruptedIOException if this thread was interrupted; the call has ended
     * @throws IOException as the call, whatever it throws
     */
    <T> T call(String what, Duration limit, Call<T> call, Runnable cancel, Progress progress) throws IOException {
        progress.check();
        FutureTask<T> task = new FutureTask<>(call::run);
        threads.execute(task);
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                long left = end - System.nanoTime();
                try {
                    return task.get(Math.max(0, Math.min(left, SLICE)), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (left <= 0) {
                        end(what, task, cancel);
                        throw new IOException(what + " took longer than " + limit.toSeconds() + " s and was cancelled");
                    }
                    progress.check();
                }
            }
        } catch (CancellationException e) {
            end(what, task, cancel);
            throw e;
        } catch (InterruptedException e) {
            end(what, task, cancel);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted: " + what);
        } catch (ExecutionException e) {
            throw failure(what, e.getCause());
        }
    }

    /** Does something that nobody waits for. */
    void later(Runnable work) {
        threads.execute(work);
    }

    private void end(String what, FutureTask<?> task, Runnable cancel) throws HungException {
        cancel.run();
        boolean interrupted = false;
        long end = System.nanoTime() + grace.toNanos();
        while (!task.isDone() && end - System.nanoTime() > 0) {
            try {
                task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException | ExecutionException e) {
                continue; // how it ended does not matter any more
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!task.isDone()) {
            throw new HungException(what + " was cancelled, and does not end", task);
        }
    }

    private static IOException failure(String what, Throwable cause) {
        if (cause instanceof InterruptedIOException) {
            return new IOException(what + " was cancelled", cause);
        }
        if (cause instanceof IOException failure) {
            return failure;
        }
        return new IOException(what + ": the driver failed with " + cause, cause);
    }
}
