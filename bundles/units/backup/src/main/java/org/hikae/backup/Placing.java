package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives files their names once they are durable: a crash must not leave a name that has lost its old file, and not yet all of its
 * new one. Many at a time, since making one file durable takes as long as making a thousand so.
 */
final class Placing {

    private static final int MOST_STEPS = 1000;
    private static final long MOST_BYTES = 64 << 20;

    private final Step flush;
    private final List<Step> steps = new ArrayList<>();
    private long bytes;

    /** @param flush makes durable all that was written before */
    Placing(Step flush) {
        this.flush = flush;
    }

    /** Something that is done at the end, in order. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /**
     * Adds a step; maybe it is done at once, with those before it.
     *
     * @param size bytes that were written for it
     */
    void add(long size, Step step) throws IOException {
        steps.add(step);
        bytes += size;
        if (steps.size() >= MOST_STEPS || bytes >= MOST_BYTES) {
            finish();
        }
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Does all that was added, and makes it durable if there was anything: what it replaced takes no more room then. */
    void finish() throws IOException {
        if (steps.isEmpty()) {
            return;
        }
        flush.run();
        for (Step step : steps) {
            step.run();
        }
        steps.clear();
        bytes = 0;
        flush.run();
    }
}
