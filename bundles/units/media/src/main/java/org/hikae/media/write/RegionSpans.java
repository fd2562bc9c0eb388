package org.hikae.media.write;

import java.io.IOException;
import org.hikae.media.index.Overlay;
import org.hikae.media.index.RegionSums;
import org.hikae.media.index.Span;

/**
 * Gives the blocks of an image their frames: of the regions that were written to, each is one, in their order. Takes spans in
 * ascending order. Not thread-safe.
 */
final class RegionSpans implements Overlay.Sink {

    private final Extent extent;
    private final RegionSums regions;
    private final Overlay.Sink sink;
    /** The frame reached, and its region. */
    private int frame = -1;

    private long region = -1;

    RegionSpans(Extent extent, RegionSums regions, Overlay.Sink sink) {
        this.extent = extent;
        this.regions = regions;
        this.sink = sink;
    }

    @Override
    public void add(Span span) throws IOException {
        if (!span.inFrame()) {
            sink.add(span);
            return;
        }
        for (long block = span.first(); block < span.end(); ) {
            long end = Math.min(span.end(), extent.regionEnd(block));
            sink.add(new Span(block, end, frameOf(extent.region(block)), extent.inRegion(block)));
            block = end;
        }
    }

    private int frameOf(long wanted) {
        while (region < wanted) {
            region = regions.next(region + 1);
            frame++;
            if (region < 0 || region > wanted) {
                throw new IllegalStateException("region " + wanted + " has blocks, but was never written to");
            }
        }
        return frame;
    }
}
