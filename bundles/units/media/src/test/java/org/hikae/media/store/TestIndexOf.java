package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.format.Manifest;
import org.hikae.media.index.Frame;
import org.hikae.media.index.PagedIndex;
import org.hikae.media.index.Span;
import org.hikae.media.index.SpanSource;

/** The index of a generation, as a test looks at it. */
record TestIndexOf(PagedIndex index) {

    static TestIndexOf open(Medium medium, Manifest manifest) throws IOException {
        PagedIndex.Input input = (dst, position) -> {
            try (ObjectReader reader = medium.open(manifest.index().name())) {
                reader.read(dst, position);
            }
        };
        return new TestIndexOf(PagedIndex.open(
                manifest.index(),
                manifest.blockCount(),
                manifest.objects().size(),
                input,
                new PagedIndex.Cache(1 << 20)));
    }

    /** The frames that runs refer to. */
    List<Frame> liveFrames() throws IOException {
        BitSet live = new BitSet();
        SpanSource spans = index.spans();
        for (Span span = spans.next(); span != null; span = spans.next()) {
            if (span.inFrame()) {
                live.set(span.frame());
            }
        }
        List<Frame> frames = new ArrayList<>();
        for (int i = live.nextSetBit(0); i >= 0; i = live.nextSetBit(i + 1)) {
            frames.add(index.frame(i));
        }
        return frames;
    }
}
