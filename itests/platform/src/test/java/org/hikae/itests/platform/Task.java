package org.hikae.itests.platform;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** Something that a test does on another thread. */
final class Task {
    private final FutureTask<Object> work;
    private final Thread thread;

    private Task(Callable<Object> callable) {
        work = new FutureTask<>(callable);
        thread = new Thread(work, "guest");
        thread.start();
    }

    /** A piece of work without a result. */
    interface Work {
        void run() throws Exception;
    }

    static Task start(Work work) {
        return new Task(() -> {
            work.run();
            return null;
        });
    }

    boolean done() {
        return work.isDone();
    }

    /** Waits until it has ended; fails if it has failed. */
    void join() throws InterruptedException {
        try {
            work.get(Services.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("what was done meanwhile failed: " + e.getCause());
        } catch (TimeoutException e) {
            AssertionError stuck = new AssertionError("what was done meanwhile does not end");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }

    /** Waits until it waits for something itself. */
    void awaitHeld() {
        awaitHeld(thread);
    }

    static void awaitHeld(Thread thread) {
        Awaitility.await().atMost(Services.DEADLINE).until(() -> {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        });
    }
}
