package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.hikae.media.format.DamagedException;
import org.hikae.media.index.Span;

/**
 * A generation and those that it builds upon, as one (c.2). A block is asked for in the newest; parents are asked only for
 * blocks that it answers for and does not hold itself (R2). Thread-safe.
 */
final class Chain implements Closeable {

    private final List<Link> links;
    private final List<Layers.Lease> layers = new ArrayList<>();
    private final LongAdder blocks = new LongAdder();
    private final LongAdder asked = new LongAdder();

    /** @param links the newest first */
    Chain(List<Link> links, Layers open) {
        this.links = List.copyOf(links);
        links.forEach(link -> layers.add(open.lease(link)));
    }

    /** What a block is: in a frame, zeros, or not in the generation. */
    Piece at(long block) throws IOException {
        blocks.increment();
        asked.increment();
        Piece piece = newest().at(block);
        for (int i = 1; piece.span().frame() == Span.PARENT; i++) {
            asked.increment();
            Layer parent = layer(i);
            Piece below = parent.at(block);
            checkThere(below, parent);
            piece = below.within(piece.span());
        }
        return piece;
    }

    /**
     * What the blocks from one up to another are, in their order. Each generation is asked once for all that are its
     * parent's for those above it, not block by block.
     */
    List<Piece> at(long first, long end) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        List<Span> wanted = List.of(new Span(first, end, Span.PARENT, 0));
        blocks.add(end - first);
        for (int i = 0; !wanted.isEmpty(); i++) {
            Layer layer = layer(i);
            List<Span> below = new ArrayList<>();
            for (Span span : wanted) {
                asked.add(span.blocks());
                layer.at(span, piece -> {
                    if (layer != newest()) {
                        checkThere(piece, layer);
                    }
                    if (piece.span().frame() == Span.PARENT) {
                        below.add(piece.span());
                    } else {
                        pieces.add(piece);
                    }
                });
            }
            wanted = below;
        }
        pieces.sort(Comparator.comparingLong(piece -> piece.span().first()));
        return pieces;
    }

    private static void checkThere(Piece piece, Layer layer) throws DamagedException {
        if (piece.span().frame() == Span.NONE) {
            throw new DamagedException("it should be in " + layer.manifest().id() + ", and is not");
        }
    }

    private Layer layer(int number) throws IOException {
        if (number == layers.size()) {
            throw new DamagedException("it should be a parent's, and there is none");
        }
        return layers.get(number).layer();
    }

    /** The generations above an older one, the newest first; empty if none of the chain has that id, or the newest does. */
    List<Layer> above(String ancestor) throws IOException {
        List<Layer> above = new ArrayList<>();
        for (Link link : links) {
            if (link.manifest().id().equals(ancestor)) {
                return above;
            }
            above.add(layer(above.size()));
        }
        return List.of();
    }

    /** Id of the oldest generation. */
    String oldest() {
        return links.get(links.size() - 1).manifest().id();
    }

    /** Number of blocks that were looked for. */
    long blocks() {
        return blocks.sum();
    }

    /** How many generations were asked for a block, on average; 0 if none was looked for. */
    double asked() {
        long looked = blocks.sum();
        return looked == 0 ? 0 : (double) asked.sum() / looked;
    }

    Layer newest() throws IOException {
        return layer(0);
    }

    @Override
    public void close() {
        layers.forEach(Layers.Lease::close);
    }
}
