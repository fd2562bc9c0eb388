package org.hikae.tape.medium;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.job.Progress;

/** Ends the sessions that are open when tape control ends. Of those that were closed before nothing is held. Thread-safe. */
final class Ending {

    /** Those that are open; null once it has ended. Guarded by this. */
    private Set<SharedSessionProgress> open = new HashSet<>();

    /**
     * For a session that begins; closed with it.
     *
     * @param opener the work of whoever opens it
     */
    SharedSessionProgress begin(Progress opener) {
        SharedSessionProgress begun = new SharedSessionProgress(this, opener);
        boolean ended;
        synchronized (this) {
            ended = open == null;
            if (!ended) {
                open.add(begun);
            }
        }
        if (ended) {
            begun.end();
        }
        return begun;
    }

    synchronized void closed(SharedSessionProgress session) {
        if (open != null) {
            open.remove(session);
        }
    }

    /** Number of sessions that are open. */
    synchronized int open() {
        return open == null ? 0 : open.size();
    }

    void end() {
        List<SharedSessionProgress> all;
        synchronized (this) {
            all = open == null ? List.of() : List.copyOf(open);
            open = null;
        }
        all.forEach(SharedSessionProgress::end);
    }
}
