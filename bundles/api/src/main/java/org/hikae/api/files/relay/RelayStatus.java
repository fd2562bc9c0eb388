package org.hikae.api.files.relay;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * The relay as it stands.
 *
 * @param running whether it hands on
 * @param address where clients come; null if it never was started
 */
public record RelayStatus(boolean running, String address, List<Upstream> upstreams) {

    public RelayStatus {
        upstreams = List.copyOf(upstreams);
    }

    /**
     * A center above.
     *
     * @param heard when it last answered; null: not since this platform was started
     * @param waiting number of runs that it has not yet
     * @param bytes of them, about
     * @param problem why it cannot be reached, or refuses, a sentence; null: nothing is wrong
     */
    public record Upstream(URI address, Instant heard, long waiting, long bytes, String problem) {}
}
