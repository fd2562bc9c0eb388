package org.hikae.files.transfer.uplink;

import java.time.Instant;
import java.util.List;
import org.hikae.api.files.RunId;

/**
 * How it stands with a center.
 *
 * @param heard when it last answered as it should; null: not yet
 * @param problem why it cannot be reached, or refuses, a sentence; null: nothing is wrong
 * @param sending the runs that are being sent
 */
public record UplinkStatus(Instant heard, String problem, List<RunId> sending) {
    public UplinkStatus {
        sending = List.copyOf(sending);
    }
}
