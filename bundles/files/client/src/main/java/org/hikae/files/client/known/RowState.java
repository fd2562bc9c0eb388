package org.hikae.files.client.known;

import java.time.Instant;

/**
 * What has become of a row. Immutable.
 *
 * @param last number of the last run that was sealed; 0: none was
 * @param handled each planned time up to this instant was seen to
 * @param full whether the next run builds upon none
 * @param replaced whether what was made before that run, and has not been sent, is of no use: the center lacks what it builds upon
 * @param lastRun null: none was made
 */
public record RowState(long last, Instant handled, boolean full, boolean replaced, LastRun lastRun) {

    /**
     * How the last run went.
     *
     * @param begun when it was begun
     * @param number null: it was not sealed
     * @param problem what was wrong with it, in a sentence; null: nothing
     */
    public record LastRun(Instant begun, Long number, String problem) {}

    /** @param base what it builds upon; 0: nothing */
    public RowState sealed(long number, long base, LastRun run) {
        return new RowState(number, handled, full && base != 0, replaced, run);
    }

    public RowState failed(LastRun run) {
        return new RowState(last, handled, full, replaced, run);
    }

    public RowState handled(Instant until) {
        return new RowState(last, until, full, replaced, lastRun);
    }

    /** @param replacing what was made before is of no use */
    public RowState wantFull(boolean replacing) {
        return new RowState(last, handled, true, replaced || replacing, lastRun);
    }

    /** What was made before the last run that builds upon none is of no use. */
    public RowState replacing() {
        return new RowState(last, handled, full, true, lastRun);
    }

    /** What was of no use is gone. */
    public RowState cleared() {
        return new RowState(last, handled, full, false, lastRun);
    }

    /** Goes on behind that number, which somebody else knows to be in use. */
    public RowState behind(long number) {
        return number <= last ? this : new RowState(number, handled, true, replaced, lastRun);
    }
}
