package org.hikae.files.center.collect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;
import org.hikae.files.center.authority.Peers;
import org.hikae.files.transfer.identity.Origins;

/**
 * What a transfer has to keep to at this moment (I7), whatever was planned: it is looked at again and again while bytes come.
 * Immutable and thread-safe.
 *
 * @param center the center's own conditions
 * @param clients what holds for one client besides: for an origin, or all that come from a relay
 */
public record Limits(Conditions center, Map<String, Conditions> clients) {

    public Limits {
        clients = Map.copyOf(clients);
    }

    /** What the planner is to know of an origin's: its own, or else that of the last relay on its way; null: nothing. */
    Conditions closest(String origin) {
        Conditions own = clients.get(origin);
        return own != null ? own : clients.get(Peers.peerOf(origin));
    }

    /** What holds for an origin besides the center's own, its own and its relays'. */
    List<Map.Entry<String, Conditions>> of(String origin) {
        List<Map.Entry<String, Conditions>> found = new ArrayList<>();
        for (Map.Entry<String, Conditions> each : clients.entrySet()) {
            if (isOf(each.getKey(), origin)) {
                found.add(each);
            }
        }
        return found;
    }

    /** Whether what is said of a client holds for an origin: its own, or that of the relay that hands it on. */
    static boolean isOf(String client, String origin) {
        return client.equals(origin) || (Origins.isName(client) && origin.endsWith("@" + client));
    }

    /**
     * Why no byte of a run may come now; null if it may.
     *
     * @param begun whether the transfer has begun: one that may be finished goes on after the client's window
     * @param forced whether windows do not matter
     */
    String forbids(RunInfo run, boolean begun, boolean forced, Instant now) {
        if (forced) {
            return null;
        }
        if (run.window() != null && !(begun && run.finish()) && !Hours.isOpen(run.window(), now)) {
            return "the client's window is closed";
        }
        if (!isOpen(center.windows(), now)) {
            return "the center's windows are closed";
        }
        for (Map.Entry<String, Conditions> client : of(run.id().origin())) {
            if (!isOpen(client.getValue().windows(), now)) {
                return "the center's windows for " + client.getKey() + " are closed";
            }
        }
        return null;
    }

    private static boolean isOpen(List<TransferWindow> windows, Instant now) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> Hours.isOpen(window, now));
    }

    /** Bytes per second that conditions allow now. */
    static long rate(Conditions conditions, Instant now) {
        return conditions.rates().stream()
                .filter(rate -> Hours.isOpen(rate.when(), now))
                .mapToLong(Conditions.Rate::bytesPerSecond)
                .min()
                .orElse(Pacer.UNLIMITED);
    }
}
