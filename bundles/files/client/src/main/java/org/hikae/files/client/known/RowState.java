package org.hikae.files.client.known;

import java.time.Instant;

/**
 * What has become of a row. Immutable.
 *
 * @param last number of the last run that was sealed; 0: none was
 * @param handled each planned time up to this instant was seen to
 * @param full whether the next run builds upon none
 * @param replaced number of the first run that is of no use, with those after it that build upon it: the center lacks what it builds upon,
 *     or it is damaged. They go when a run that builds upon none is sealed. 0: there is none
 * @param lastRun null: none was made
 */
public record RowState(long last, Instant handled, boolean full, long replaced, LastRun lastRun) {

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
        if (number < last) {
            // While it was made, it became known that this number is in use.
            return new RowState(last, handled, true, replaced, run);
        }
        return new RowState(number, handled, full && base != 0, replaced, run);
    }

    public RowState failed(LastRun run) {
        return new RowState(last, handled, full, replaced, run);
    }

    public RowState handled(Instant until) {
        return new RowState(last, until, full, replaced, lastRun);
    }

    /** @param from number of the first run that is of no use; 0: none is */
    public RowState wantFull(long from) {
        return new RowState(last, handled, true, first(from), lastRun);
    }

    /** What was made from that number on is of no use, up to the next run that builds upon none. */
    public RowState replacing(long from) {
        return new RowState(last, handled, full, first(from), lastRun);
    }

    private long first(long from) {
        return replaced == 0 || from == 0 ? Math.max(replaced, from) : Math.min(replaced, from);
    }

    /** What was of no use is gone. */
    public RowState cleared() {
        return new RowState(last, handled, full, 0, lastRun);
    }

    /** Goes on behind that number, which somebody else knows to be in use. */
    public RowState behind(long number) {
        return number <= last ? this : new RowState(number, handled, true, replaced, lastRun);
    }
}
