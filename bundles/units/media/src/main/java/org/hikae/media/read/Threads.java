package org.hikae.media.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Progress;

/** Does one thing on several threads until all have ended. The first failure stops the rest. */
final class Threads {

    /** What each thread does. */
    interface Work {

        /** @param stopped whether another thread has failed */
        void run(BooleanSupplier stopped) throws IOException;
    }

    private Threads() {}

    static void run(String name, int count, Work work) throws IOException {
        if (count == 1) {
            work.run(() -> false);
            return;
        }
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Progress progress = CurrentProgress.get();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(
                    () -> {
                        try (CurrentProgress.Entered entered = CurrentProgress.enter(progress)) {
                            work.run(() -> failure.get() != null);
                        } catch (Throwable e) {
                            failure.compareAndSet(null, e);
                        }
                    },
                    name + "-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        threads.forEach(Threads::join);
        rethrow(failure.get());
    }

    private static void rethrow(Throwable e) throws IOException {
        if (e instanceof CancellationException cancelled) {
            throw cancelled;
        }
        if (e instanceof IOException) {
            throw new IOException(e.getMessage(), e);
        }
        if (e != null) {
            throw new IOException("verifying failed: " + e, e);
        }
    }

    /** The caller's thread is not interrupted; should somebody do it all the same, the threads still end first. */
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
