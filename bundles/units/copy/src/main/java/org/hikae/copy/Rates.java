package org.hikae.copy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.node.Node;

/** The limits of the rates of a copy: of each node, and of all together. Thread-safe. */
final class Rates {

    private final RateLimit all;
    private final Map<String, RateLimit> nodes = new HashMap<>();

    Rates(CopyLimits limits, Time time) {
        all = new RateLimit(limits.bytesPerSecond(), time);
        limits.nodeBytesPerSecond().forEach((node, rate) -> nodes.put(node, new RateLimit(rate, time)));
    }

    /**
     * Waits until a node may read so many bytes. At its own limit first: what waits there takes nothing from the others.
     *
     * @return false if the check ended the wait
     */
    boolean pass(Node node, long bytes, RateLimit.Check check) throws IOException {
        RateLimit own = nodes.get(node.name());
        return (own == null || own.pass(bytes, check)) && all.pass(bytes, check);
    }
}
