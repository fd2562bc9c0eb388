package org.hikae.tape.mount;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Libraries that are being closed. Until that is done their drives may be locked against whoever opens them next, in this process
 * too. Thread-safe.
 */
final class Closings {

    private final Set<Closing> closings = ConcurrentHashMap.newKeySet();

    private record Closing(String location, CountDownLatch done) {}

    /** Counts as being closed from now on, until what is returned has run. */
    Runnable of(String location, Runnable close) {
        Closing closing = new Closing(location, new CountDownLatch(1));
        closings.add(closing);
        return () -> {
            try {
                close.run();
            } finally {
                closings.remove(closing);
                closing.done().countDown();
            }
        };
    }

    /**
     * Waits until libraries are closed, but no longer than that: one that hangs keeps nobody waiting for good.
     *
     * @param location of those; null: all
     */
    void await(String location, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Closing closing : closings) {
            if (location == null || location.equals(closing.location())) {
                closing.done().await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }
    }
}
