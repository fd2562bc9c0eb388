package org.hikae.api.block;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.roaringbitmap.RelativeRangeConsumer;
import org.roaringbitmap.longlong.PeekableLongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Runs out of a bitmap, in ascending order, cut to [from, to): found container by container, not block by block. */
final class BitmapRuns implements Iterator<BlockRun>, RelativeRangeConsumer {

    private final Roaring64Bitmap bits;
    private final long to;
    /** Where the next container to look at begins, or what is asked for of it. */
    private long next;
    /** What the consumer's positions are relative to. */
    private long base;
    /** Runs of the containers seen so far that do not go on. */
    private final ArrayDeque<BlockRun> found = new ArrayDeque<>();
    /** The run that may go on in the next container: empty if there is none. */
    private long first;

    private long end;

    BitmapRuns(Roaring64Bitmap bits, long from, long to) {
        this.bits = bits;
        this.next = from;
        this.to = to;
    }

    @Override
    public boolean hasNext() {
        while (found.isEmpty() && next < to) {
            look();
        }
        return !found.isEmpty() || first < end;
    }

    @Override
    public BlockRun next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (!found.isEmpty()) {
            return found.poll();
        }
        BlockRun last = new BlockRun(first, end - first);
        first = end;
        return last;
    }

    /** Goes to the next container that has blocks, and through it. */
    private void look() {
        PeekableLongIterator blocks = bits.getLongIteratorFrom(next);
        if (!blocks.hasNext() || blocks.peekNext() >= to) {
            next = to;
            return;
        }
        base = blocks.peekNext();
        long last = base | BlockSet.CONTAINER - 1;
        next = last < to ? last + 1 : to;
        bits.forAllInRange(base, (int) (next - base), this);
    }

    @Override
    public void acceptPresent(int position) {
        acceptAllPresent(position, position + 1);
    }

    @Override
    public void acceptAllPresent(int from, int until) {
        if (base + from != end) {
            if (first < end) {
                found.add(new BlockRun(first, end - first));
            }
            first = base + from;
        }
        end = base + until;
    }

    @Override
    public void acceptAbsent(int position) {}

    @Override
    public void acceptAllAbsent(int from, int until) {}
}
