package org.hikae.log;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.Patience;

/**
 * Waits for room on a log medium as long as a write may be held; not at all where writes are not held. A write that waits
 * for it in vain goes on by a limit of its own, and fails the session, which ends this too.
 */
final class SessionPatience implements Patience {

    private static final long STEP = Duration.ofMillis(200).toNanos();

    /** Who asks again so soon after a try had no room in between. A try on a full medium takes no time. */
    private static final long SAME = Duration.ofSeconds(1).toNanos();

    private final Session session;
    private final LongSupplier nanoClock;
    /** Whether anybody ever waited. Guarded by this, as all below. */
    private boolean waited;

    /** When the medium was found full, and when it was found so for the last time. */
    private long since;

    private long last;

    /** @param nanoClock as {@link System#nanoTime} */
    SessionPatience(Session session, LongSupplier nanoClock) {
        this.session = session;
        this.nanoClock = nanoClock;
    }

    @Override
    public void await(IOException full) throws IOException {
        Overload overload = session.overload();
        if (!overload.holdsWrites() || session.hasFailed()) {
            throw full;
        }
        if (full() >= overload.limit().toNanos()) {
            throw new IOException(
                    full.getMessage() + "; writers were held for "
                            + overload.limit().toSeconds() + " s, and there was still no room",
                    full);
        }
        LockSupport.parkNanos(STEP);
        if (Thread.currentThread().isInterrupted()) {
            throw full;
        }
    }

    /** For how long the medium has been full. */
    private synchronized long full() {
        long now = nanoClock.getAsLong();
        if (!waited || now - last > STEP + SAME) {
            since = now;
            waited = true;
        }
        last = now;
        return now - since;
    }
}
