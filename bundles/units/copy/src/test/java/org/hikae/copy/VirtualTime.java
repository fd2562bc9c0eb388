package org.hikae.copy;

import java.util.HashMap;
import java.util.Map;

/** Time that passes only while all workers wait for it. */
final class VirtualTime implements Time {

    private final Map<Thread, Long> until = new HashMap<>();
    private int workers;
    private long now = Long.MAX_VALUE - 1_000_000_000; // nanoTime may pass the end of its range

    /** @param workers how many will be there; each ends with {@link #leave} */
    VirtualTime(int workers) {
        this.workers = workers;
    }

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void park(long nanos) {
        Thread thread = Thread.currentThread();
        until.put(thread, now + nanos);
        advance();
        while (until.get(thread) - now > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        until.remove(thread);
    }

    synchronized void leave() {
        workers--;
        advance();
    }

    private void advance() {
        boolean allWait = until.values().stream().filter(time -> time - now > 0).count() == workers;
        if (allWait && workers > 0) {
            now += until.values().stream().mapToLong(time -> time - now).min().orElseThrow();
            notifyAll();
        }
    }
}
