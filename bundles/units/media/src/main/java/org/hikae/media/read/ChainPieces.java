package org.hikae.media.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Manifest;
import org.hikae.media.index.Span;
import org.hikae.media.index.SpanCursor;
import org.hikae.media.index.SpanSource;

/**
 * Some generations of a chain as one: of each block that the newest answers for, what the newest of them says that has it
 * itself (R2), its log before what it has copied (R10). Every index is read once from its beginning to its end, so that it
 * takes memory for a page of each, however many blocks there are. Not thread-safe.
 */
public final class ChainPieces {

    private final List<Layer> layers;
    private final SpanSource newest;
    private final List<SpanCursor> own = new ArrayList<>();
    private final List<SpanCursor> logs = new ArrayList<>();
    /** The newest's span; what is before {@link #at} was handed out. */
    private Span span;

    private long at;

    /** @param layers the newest first, each the parent of the one before; they stay open */
    public ChainPieces(List<Layer> layers) {
        this.layers = List.copyOf(layers);
        this.newest = layers.get(0).own().index().spans();
        for (Layer layer : layers) {
            own.add(new SpanCursor(layer.own().index().spans()));
            logs.add(new SpanCursor(
                    layer.log() == null ? () -> null : layer.log().index().spans()));
        }
    }

    /**
     * The next blocks, in ascending order: in a frame, zeros, or {@link Span#PARENT} if they are what the oldest one builds
     * upon says; null if there are no more.
     *
     * @throws DamagedException if a generation does not have what it should
     */
    public Piece next() throws IOException {
        if (span == null || at == span.end()) {
            span = newest.next();
            if (span == null) {
                return null;
            }
            at = span.first();
        }
        Piece piece = descend(span.cut(at, span.end()));
        at = piece.span().end();
        return piece;
    }

    private Piece descend(Span wanted) throws IOException {
        Span found = wanted;
        int layer = 0;
        while (found.frame() == Span.PARENT && layer + 1 < layers.size()) {
            layer++;
            Span above = own.get(layer).at(found.first());
            found = above.cut(found.first(), Math.min(above.end(), found.end()));
        }
        Manifest manifest = layers.get(layer).manifest();
        if (found.frame() == Span.NONE) {
            throw missing(found, manifest.id());
        } else if (found.frame() == Span.PARENT && manifest.parent() == null) {
            throw missing(found, "a parent of " + manifest.id() + ", which has none");
        }
        return found.frame() == Span.LOG
                ? logged(found, layer)
                : new Piece(found, layers.get(layer).own());
    }

    private Piece logged(Span wanted, int layer) throws IOException {
        Span found = logs.get(layer).at(wanted.first());
        if (!Layer.isOfLog(found)) {
            throw missing(wanted, "the log of " + layers.get(layer).manifest().id());
        }
        return new Piece(
                found.cut(wanted.first(), Math.min(found.end(), wanted.end())),
                layers.get(layer).log());
    }

    private static DamagedException missing(Span span, String where) {
        return new DamagedException("block " + span.first() + " should be in " + where + ", and is not");
    }
}
