package org.hikae.block.inplace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/** Lets several threads work at one thing, until all are done or one has failed. No thread is interrupted. */
final class BringBackWorkers {

    private static final int WORKERS = 2;

    private final BringBack work;
    /** What has stopped the work; null if nothing has. */
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    BringBackWorkers(BringBack work) {
        this.work = work;
    }

    /**
     * Works, and returns when all threads have ended.
     *
     * @throws CancellationException if the work was cancelled
     * @throws IOException what the first thread that failed has thrown
     */
    void run() throws IOException {
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < WORKERS; i++) {
            Thread helper = new Thread(this::work, "hikae-bring-back-" + i);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        work();
        helpers.forEach(BringBackWorkers::await);
        rethrow(failure.get());
    }

    private void work() {
        try {
            work.work(() -> failure.get() != null);
        } catch (Throwable e) {
            // Whatever it is: the thread that has called throws it.
            failure.compareAndSet(null, e);
        }
    }

    private static void await(Thread thread) {
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

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }
}
