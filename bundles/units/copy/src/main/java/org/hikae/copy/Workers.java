package org.hikae.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Progress;

/** Runs works at the same time, each on a thread of its own, until all have ended. The first failure stops the rest. */
final class Workers {

    /** A worker's part. */
    interface Work {

        /** Does everything, asking {@code stopped} now and then whether to end early. */
        void run(Stop stopped) throws IOException;
    }

    /** Whether another worker has failed. */
    @FunctionalInterface
    interface Stop {
        boolean stopped();

        /** Ends a worker in the middle of what it does. */
        default void check() {
            if (stopped()) {
                throw new CancellationException("another worker has failed");
            }
        }
    }

    private final String name;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Workers(String name) {
        this.name = name;
    }

    void run(List<Work> works) throws IOException {
        List<Thread> threads = new ArrayList<>();
        Progress progress = CurrentProgress.get();
        try {
            for (Work work : works) {
                Thread thread = new Thread(() -> guard(work, progress), name + "-" + threads.size());
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        } catch (Throwable e) {
            // No more threads to be had: those that started end too.
            failure.compareAndSet(null, e);
        }
        threads.forEach(Workers::join);
        rethrow(failure.get());
    }

    private void guard(Work work, Progress progress) {
        try (CurrentProgress.Entered entered = CurrentProgress.enter(progress)) {
            work.run(() -> failure.get() != null);
        } catch (Throwable e) {
            if (!failure.compareAndSet(null, e)) {
                failure.get().addSuppressed(e);
            }
        }
    }

    private static void rethrow(Throwable e) throws IOException {
        if (e instanceof CancellationException) {
            throw (CancellationException) e;
        }
        if (e instanceof IOException) {
            throw new IOException(e.getMessage(), e);
        }
        if (e != null) {
            throw new IOException("copying failed: " + e, e);
        }
    }

    /** A job's thread is not interrupted; should somebody do it all the same, the workers still end first. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
