package org.hikae.files.center.store;

import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Media that do not answer when they are opened, until they are told to. Thread-safe. */
final class Hanging {

    /** Somebody has come to it, and it may go on. */
    private record Stop(CountDownLatch reached, CountDownLatch over) {}

    private final Map<String, Stop> stops = new ConcurrentHashMap<>();

    void begin(String medium) {
        stops.put(medium, new Stop(new CountDownLatch(1), new CountDownLatch(1)));
    }

    /** Waits until somebody hangs there. */
    void awaitReached(String medium) throws InterruptedException {
        stops.get(medium).reached.await();
    }

    void end(String medium) {
        Stop stop = stops.remove(medium);
        if (stop != null) {
            stop.over.countDown();
        }
    }

    void endAll() {
        stops.keySet().forEach(this::end);
    }

    /** Hangs, if the medium does. */
    void pass(String medium) throws InterruptedIOException {
        Stop stop = stops.get(medium);
        if (stop != null) {
            stop.reached.countDown();
            try {
                stop.over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the wait has ended");
            }
        }
    }
}
