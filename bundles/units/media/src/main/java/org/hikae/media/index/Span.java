package org.hikae.media.index;

/**
 * Consecutive blocks that are alike: they lie in one frame, or are zeros, and so on.
 *
 * @param first number of the first block
 * @param end number of the block after the last one
 * @param frame number of the frame, or one of {@link #NONE}, {@link #ZERO}, {@link #LOG} and {@link #PARENT}
 * @param position number that the first block has within the frame; 0 if there is none
 */
public record Span(long first, long end, int frame, int position) {

    /** Instead of a frame: the generation does not answer for the blocks (R2). */
    public static final int NONE = -1;

    /** Instead of a frame: the blocks are zeros. */
    public static final int ZERO = -2;

    /** Instead of a frame: the blocks are in the log, which is kept apart (R10). */
    public static final int LOG = -3;

    /** Instead of a frame: the blocks are what the generation's parent says they are. */
    public static final int PARENT = -4;

    /** Number of blocks. */
    public long blocks() {
        return end - first;
    }

    public boolean inFrame() {
        return frame >= 0;
    }

    /** The part of it from one block up to another. */
    public Span cut(long from, long to) {
        return from == first && to == end
                ? this
                : new Span(from, to, frame, inFrame() ? position + (int) (from - first) : 0);
    }

    /** The same where frames are counted from another one. */
    public Span after(int frames) {
        return inFrame() && frames != 0 ? new Span(first, end, Math.addExact(frame, frames), position) : this;
    }

    /** The same blocks, being something else. */
    Span as(int kind) {
        return new Span(first, end, kind, 0);
    }

    /** Whether another span goes on with this one. */
    boolean goesOn(Span next) {
        return next.first == end && next.frame == frame && (!inFrame() || next.position == position + blocks());
    }
}
