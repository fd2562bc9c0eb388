package org.hikae.files.center.plan;

/** How much of the transfers' time those that have missed windows had, and whether it is their turn: so that all get on, whatever is asked for. */
final class AgedShare {
    private static final double SHARE = 0.25;
    /** Milliseconds for each transfer at once that are remembered at most. */
    private static final double REMEMBERED = 6 * 3_600_000d;

    private double credit;

    /**
     * Counts time of transfers.
     *
     * @param time milliseconds; negative: it was counted too much
     */
    void used(double time, boolean aged, int transfers) {
        double bound = REMEMBERED * transfers * SHARE;
        double changed = credit + (aged ? -(1 - SHARE) * time : SHARE * time);
        credit = Math.max(-bound, Math.min(bound, changed));
    }

    void copy(AgedShare other) {
        credit = other.credit;
    }

    boolean isLeft() {
        return credit >= 0;
    }
}
