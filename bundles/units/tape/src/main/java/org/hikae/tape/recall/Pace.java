package org.hikae.tape.recall;

/**
 * What is quicker on a drive, to read what lies between or to jump over it: told from how long it took before. A drive that streams passes
 * hundreds of megabytes in the time of a jump; one whose tape is a file jumps at once. Not thread-safe.
 */
final class Pace {

    /** As long as nothing is known. */
    private static final int AT_FIRST = 16;

    /** A jump may be a far one; so the shortest of late count, and each is trusted a little less than the one after it. */
    private static final double FADING = 1.1;

    private static final double WEIGHT = 0.1;

    private final int most;
    private double jump = -1;
    private double record = -1;

    /** @param most records that are passed by reading */
    Pace(int most) {
        this.most = most;
    }

    void jumped(long nanos) {
        jump = jump < 0 ? nanos : Math.min(jump * FADING, nanos);
    }

    void read(long records, long nanos) {
        double each = (double) nanos / records;
        record = record < 0 ? each : record + WEIGHT * (each - record);
    }

    /** Whether records are rather read than jumped over. */
    boolean passes(long records) {
        if (jump < 0 || record < 0) {
            return records <= Math.min(most, AT_FIRST);
        }
        return records <= most && records * record <= jump;
    }
}
