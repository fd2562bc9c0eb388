package org.hikae.files.center.plan;

/**
 * What the center has promised to be done by when: no more than is possible. If more is asked for, what costs most stands back, so that the
 * most windows are kept (Moore and Hodgson's rule); what an origin has had of late counts as cost of its next request.
 */
final class Promises {
    private static final double FRACTIONS = 1000;

    private final State state;
    private final Lines lines;
    private final Victims victims;

    /** Gets lines that have to stand back. */
    interface Dropped {
        void drop(int line);
    }

    Promises(State state) {
        this.state = state;
        lines = state.lines;
        victims = new Victims(lines.victimKeys);
    }

    /** @param state a copy of that of the others */
    Promises(State state, Promises others) {
        this.state = state;
        lines = state.lines;
        victims = others.victims.copy(lines.victimKeys);
    }

    /** Whether it has been promised that a line's window is kept. */
    boolean isKept(int line) {
        return victims.has(line);
    }

    long cost(int line, long bytes) {
        double own = state.cost(bytes, state.need(line));
        double used = state.origins.used(lines.origin[line], state.now);
        return (long) (FRACTIONS * (own + used));
    }

    /**
     * Promises what can be taken back if something cheaper comes.
     *
     * @param time milliseconds of a transfer
     * @param deadline by which it is done
     */
    void keep(int line, long time, long bytes, long deadline) {
        reserve(line, time, bytes, deadline);
        victims.add(line, lines.leaf[line], cost(line, bytes));
    }

    /** Promises what is not taken back: what runs and goes before all others. */
    void reserve(int line, long time, long bytes, long deadline) {
        int leaf = state.time.leaf(deadline);
        lines.leaf[line] = leaf;
        lines.promisedTime[line] = time;
        lines.promisedBytes[line] = bytes;
        state.time.add(leaf, time);
        state.bytes.add(leaf, bytes);
    }

    void takeBack(int line) {
        int leaf = lines.leaf[line];
        if (leaf < 0) {
            return;
        }
        state.time.add(leaf, -lines.promisedTime[line]);
        state.bytes.add(leaf, -lines.promisedBytes[line]);
        if (victims.has(line)) {
            victims.remove(line, leaf);
        }
        lines.leaf[line] = Lines.NONE;
    }

    /** Lets what costs most stand back until no more is promised than is possible. */
    void balance(Dropped dropped) {
        while (true) {
            int leaf = state.time.firstOver();
            boolean ofTime = leaf >= 0;
            if (!ofTime && state.isBandwidthLimited) {
                leaf = state.bytes.firstOver();
            }
            int worst = leaf < 0 ? -1 : victims.worst(state.time.first(), leaf);
            if (worst < 0) {
                return;
            }
            lines.crowded[worst] = ofTime ? Crowded.TRANSFERS : Crowded.BANDWIDTH;
            takeBack(worst);
            dropped.drop(worst);
        }
    }

    boolean isTooMuch() {
        return state.time.firstOver() >= 0 || state.isBandwidthLimited && state.bytes.firstOver() >= 0;
    }
}
