package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Progress;

/** Does several things at the same time, and waits until all have ended, however that was. */
final class SideBySide {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private SideBySide() {}

    /** One of them. */
    @FunctionalInterface
    interface Part {
        void run() throws IOException;
    }

    /** @throws IOException if one failed; what others threw is suppressed in it */
    static void run(List<Part> parts) throws IOException {
        List<Throwable> thrown = new ArrayList<>();
        Progress progress = CurrentProgress.get();
        List<Thread> threads = parts.stream()
                .skip(1)
                .map(part -> new Thread(
                        () -> keep(part, progress, thrown), "hikae-side-by-side-" + NUMBER.incrementAndGet()))
                .toList();
        threads.forEach(Thread::start);
        parts.stream().limit(1).forEach(part -> keep(part, progress, thrown));
        threads.forEach(SideBySide::await);
        rethrow(thrown);
    }

    private static void keep(Part part, Progress progress, List<Throwable> thrown) {
        try (CurrentProgress.Entered entered = CurrentProgress.enter(progress)) {
            part.run();
        } catch (Throwable e) {
            // Rethrown by whoever waits, errors too.
            synchronized (thrown) {
                thrown.add(e);
            }
        }
    }

    /** Threads of jobs are never interrupted; whoever does it all the same does not end what others have begun. */
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

    private static void rethrow(List<Throwable> thrown) throws IOException {
        if (thrown.isEmpty()) {
            return;
        }
        Throwable first = thrown.get(0);
        thrown.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof IOException failure) {
            throw failure;
        } else if (first instanceof RuntimeException failure) {
            throw failure;
        } else if (first instanceof Error error) {
            throw error;
        }
        throw new IOException(first);
    }
}
