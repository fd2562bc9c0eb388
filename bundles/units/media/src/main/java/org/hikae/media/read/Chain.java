package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.index.Span;

/**
 * A generation and those that it builds upon, as one (c.2). A block is asked for in the newest; parents are asked only for
 * blocks that it answers for and does not hold itself (R2). Thread-safe.
 */
final class Chain implements Closeable {

    private final List<Layers.Lease> layers = new ArrayList<>();

    /** @param links the newest first */
    Chain(List<Link> links, Layers open) {
        links.forEach(link -> layers.add(open.lease(link)));
    }

    /** What a block is: in a frame, zeros, or not in the generation. */
    Piece at(long block) throws IOException {
        Piece piece = newest().at(block);
        for (int i = 1; piece.span().frame() == Span.PARENT; i++) {
            if (i == layers.size()) {
                throw new DamagedException("it should be a parent's, and there is none");
            }
            Layer parent = layers.get(i).layer();
            Piece below = parent.at(block);
            if (below.span().frame() == Span.NONE) {
                throw new DamagedException(
                        "it should be in " + parent.manifest().id() + ", and is not");
            }
            piece = below.within(piece.span());
        }
        return piece;
    }

    Layer newest() throws IOException {
        return layers.get(0).layer();
    }

    @Override
    public void close() {
        layers.forEach(Layers.Lease::close);
    }
}
