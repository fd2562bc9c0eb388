package org.hikae.api.copy;

import java.util.Map;

/**
 * How much a copy may take of the nodes that do it.
 *
 * @param bytesPerSecond limit of the reading rate of all together, in bytes per second; 0: none
 * @param workers number of workers in all, {@link #MOST_WORKERS} at most, dealt to the nodes in turn; 0: as many as pay, one for
 *     each node at least
 * @param nodeBytesPerSecond limits of the reading rates of single nodes, by name, in bytes per second, 1 or more
 * @param nodeWorkers the most workers of single nodes, by name, 1 or more
 */
public record CopyLimits(
        long bytesPerSecond, int workers, Map<String, Long> nodeBytesPerSecond, Map<String, Integer> nodeWorkers) {

    /** As many workers as there can be. */
    public static final int MOST_WORKERS = 64;

    public static final CopyLimits NONE = new CopyLimits(0, 0);

    public CopyLimits {
        nodeBytesPerSecond = Map.copyOf(nodeBytesPerSecond);
        nodeWorkers = Map.copyOf(nodeWorkers);
        if (workers < 0 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException(workers + " workers; there can be " + MOST_WORKERS);
        }
        if (bytesPerSecond < 0
                || nodeBytesPerSecond.values().stream().anyMatch(rate -> rate < 1)
                || nodeWorkers.values().stream().anyMatch(number -> number < 1)) {
            throw new IllegalArgumentException("limits are 1 at least");
        }
    }

    /** Limits of all nodes together. */
    public CopyLimits(long bytesPerSecond, int workers) {
        this(bytesPerSecond, workers, Map.of(), Map.of());
    }
}
