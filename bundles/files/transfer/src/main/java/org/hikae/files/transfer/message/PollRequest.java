package org.hikae.files.transfer.message;

import java.util.List;
import java.util.UUID;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;

/**
 * Announces what waits, and waits for orders. One with a higher sequence of the same incarnation, or of another
 * incarnation, takes the place of one that still waits, which is answered at once.
 *
 * @param incarnation of the sender: another one after each start
 * @param sequence ascending within the incarnation, from 1 on
 * @param route ids of the relays that the runs have come through, the sender's own first if it is one; at most {@link #MAX_ROUTE}
 * @param runs all that wait, the oldest first; at most {@link Protocol#MAX_RUNS}
 * @param more whether there are more than are told
 * @param asked runs of which the sender wants to know which centers have them, whether they are announced or not; at most
 *     {@link Protocol#MAX_RUNS}
 */
public record PollRequest(
        UUID incarnation, long sequence, List<UUID> route, List<RunInfo> runs, boolean more, List<RunKey> asked) {
    /** Ids in a route at most: it has all relays below, not only those of one way. */
    public static final int MAX_ROUTE = 4096;

    public PollRequest {
        route = List.copyOf(route);
        runs = List.copyOf(runs);
        asked = List.copyOf(asked);
    }

    /** One that asks for nothing. */
    public PollRequest(UUID incarnation, long sequence, List<UUID> route, List<RunInfo> runs, boolean more) {
        this(incarnation, sequence, route, runs, more, List.of());
    }
}
