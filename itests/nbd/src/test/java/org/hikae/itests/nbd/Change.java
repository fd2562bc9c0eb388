package org.hikae.itests.nbd;

/** A request of a client's that changes a disk. Times are those of {@link System#nanoTime}. */
final class Change {

    private final long offset;
    private final long length;
    /** Where its bytes are among those that were recorded; negative for zeros. */
    private final long place;

    private final long begun;
    private volatile long ended;

    /**
     * @param begun a time at which the server did not have it yet
     * @param ended a time at which the server had answered it
     */
    Change(long offset, long length, long place, long begun, long ended) {
        this.offset = offset;
        this.length = length;
        this.place = place;
        this.begun = begun;
        this.ended = ended;
    }

    void ended(long time) {
        ended = time;
    }

    long offset() {
        return offset;
    }

    long end() {
        return offset + length;
    }

    boolean zeros() {
        return place < 0;
    }

    /** Where the byte for that place of the disk was recorded. */
    long recorded(long at) {
        return place + at - offset;
    }

    boolean begunAfter(long time) {
        return begun > time;
    }

    boolean endedBefore(long time) {
        return ended < time;
    }

    /** Whether this one cannot but have come later. */
    boolean follows(Change other) {
        return other.endedBefore(begun);
    }

    long begun() {
        return begun;
    }

    /** The greatest number if it was never answered. */
    long ended() {
        return ended;
    }

    @Override
    public String toString() {
        return (zeros() ? "zeros" : "data") + " for " + offset + " to " + end() + ", from " + begun + " to " + ended;
    }
}
