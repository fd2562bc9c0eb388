package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Manifest;
import org.hikae.media.index.Span;
import org.hikae.media.medium.UsableMedium;

/**
 * One generation, without those that it builds upon. Thread-safe.
 *
 * @param log null if no log is kept apart
 */
public record Layer(Part own, Part log) implements Closeable {

    /**
     * Opens a generation by reading the directories of its indexes.
     *
     * @param log the medium of its log; null if the manifest names no objects there
     * @throws DamagedException if an index is missing or its directory is damaged
     */
    static Layer open(Manifest manifest, UsableMedium medium, UsableMedium log, Part.Shared shared) throws IOException {
        Part own = Part.ofGeneration(manifest, medium, shared);
        try {
            return new Layer(own, log == null ? null : Part.ofLog(manifest, log, shared));
        } catch (IOException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    public Manifest manifest() {
        return own.manifest();
    }

    /** What a block is: in a frame, zeros, the parent's, or not in the generation. */
    Piece at(long block) throws IOException {
        Span span = own.index().at(block);
        if (span.frame() != Span.LOG) {
            return new Piece(span, own);
        }
        Span logged = log == null ? null : log.index().at(block);
        if (logged == null || !isOfLog(logged)) {
            throw new DamagedException(
                    "the log of " + manifest().id() + " does not have block " + block + ", which it should have");
        }
        return new Piece(logged, log).within(span);
    }

    /** Takes pieces. */
    interface Target {
        void put(Piece piece) throws IOException;
    }

    /** Hands over what the blocks of a span are, in their order. */
    void at(Span wanted, Target target) throws IOException {
        own.index().at(wanted.first(), wanted.end(), span -> {
            if (span.frame() == Span.LOG) {
                inLog(span, target);
            } else {
                target.put(new Piece(span, own));
            }
        });
    }

    private void inLog(Span wanted, Target target) throws IOException {
        for (long block = wanted.first(); block < wanted.end(); ) {
            Piece piece = at(block).within(new Span(block, wanted.end(), Span.LOG, 0));
            target.put(piece);
            block = piece.span().end();
        }
    }

    /** Whether a span is one that logs have. */
    static boolean isOfLog(Span span) {
        return span.inFrame() || span.frame() == Span.ZERO;
    }

    @Override
    public void close() {
        own.close();
        if (log != null) {
            log.close();
        }
    }
}
