package org.hikae.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for the process that has the home, a little at a time, and tells people when it takes long. */
final class Patience {
    private static final Duration TELL = Duration.ofSeconds(3);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(100);

    private final Home home;
    private final Duration limit;
    private final long start = System.nanoTime();
    private Duration pause = SHORTEST;
    private boolean told;

    /** @param limit null for none */
    Patience(Home home, Duration limit) {
        this.home = home;
        this.limit = limit;
    }

    /** @throws IOException if it has taken too long */
    void pause() throws IOException {
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (limit != null && waited.compareTo(limit) > 0) {
            throw new IOException("The home " + home.folder() + " is in use by " + holder()
                    + ", which does not answer: wait for it, or end it");
        }
        if (!told && waited.compareTo(TELL) > 0) {
            told = true;
            System.err.println("hikae: waiting for " + holder() + ", which uses the home " + home.folder());
        }
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
    }

    private String holder() throws IOException {
        return HomeLock.holder(home)
                .map(holder -> "the process " + holder.pid())
                .orElse("another process");
    }
}
