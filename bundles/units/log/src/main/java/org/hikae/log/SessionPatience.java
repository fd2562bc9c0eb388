package org.hikae.log;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.Patience;

/** Waits for room on a log medium as long as writers are held; not at all where they are not. */
final class SessionPatience implements Patience {

    private static final long STEP = Duration.ofMillis(200).toNanos();

    private final Session session;

    SessionPatience(Session session) {
        this.session = session;
    }

    /** Who waits for the room in vain is told by the limit of its own: the session fails then, and this ends too. */
    @Override
    public void await(IOException full) throws IOException {
        Overload overload = session.overload();
        if (!overload.holdsWrites() || session.hasFailed()) {
            throw full;
        }
        LockSupport.parkNanos(STEP);
    }
}
