package org.hikae.files.transfer.uplink;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.hikae.api.files.RunId;

/** How it stands with a center, for who asks. Thread-safe. */
final class Standing {
    private final Clock clock;
    private UplinkStatus status = new UplinkStatus(null, null, List.of());

    Standing(Clock clock) {
        this.clock = clock;
    }

    /** It has answered: what was wrong is over. */
    synchronized void heard() {
        Instant now = clock.instant();
        status = new UplinkStatus(now, null, status.sending());
    }

    synchronized void problem(String text) {
        status = new UplinkStatus(status.heard(), text, status.sending());
    }

    synchronized void sending(Collection<RunId> runs) {
        status = new UplinkStatus(status.heard(), status.problem(), List.copyOf(runs));
    }

    synchronized UplinkStatus status() {
        return status;
    }
}
