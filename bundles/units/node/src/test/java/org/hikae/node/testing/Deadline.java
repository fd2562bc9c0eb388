package org.hikae.node.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a test whose threads wait for each other: it fails, and tells what all of them were doing. */
public final class Deadline {

    private Deadline() {}

    /** What is done in time. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /**
     * Does something in a thread of its own, which is left behind if it takes too long: what waits here may not heed interrupts.
     *
     * @throws ExecutionException with what the work threw
     * @throws AssertionError if it was not done in time; with the stacks of all threads
     */
    public static void meet(Duration limit, Work work) throws ExecutionException, InterruptedException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        daemon(task, "deadline").start();
        try {
            task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not done after " + limit + "; what all threads do:\n" + stacks(), e);
        }
    }

    /** A thread that does not keep the tests from ending. */
    public static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static String stacks() {
        StringBuilder all = new StringBuilder();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            all.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState());
            if (thread.getLockName() != null) {
                all.append(" on ").append(thread.getLockName());
            }
            if (thread.getLockOwnerName() != null) {
                all.append(", which \"").append(thread.getLockOwnerName()).append("\" has");
            }
            for (StackTraceElement frame : thread.getStackTrace()) {
                all.append("\n\tat ").append(frame);
            }
            all.append("\n\n");
        }
        return all.toString();
    }
}
