package org.hikae.media.read;

import java.io.IOException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Manifest;
import org.hikae.media.index.Frame;
import org.hikae.media.index.Span;
import org.hikae.media.index.SpanCursor;

/** Goes through the runs of a generation, and finds the blocks that its damages concern. */
final class Affected {

    private final Layer layer;
    private final Damages own;
    private final Damages ofLog;
    private final BlockSet.Builder affected = new BlockSet.Builder();
    private boolean unknown;
    private long blocks;
    private long ownBlocks;
    private long logged;

    /** @param ofLog the damages of the log; of no meaning if there is none */
    Affected(Layer layer, Damages own, Damages ofLog) {
        this.layer = layer;
        this.own = own;
        this.ofLog = ofLog;
    }

    BlockSet find() throws IOException {
        CheckedSpans spans = new CheckedSpans(layer.own(), own);
        SpanCursor log = new SpanCursor(layer.log() == null ? () -> null : new CheckedSpans(layer.log(), ofLog));
        for (Span span = spans.next(); span != null; span = spans.next()) {
            blocks += span.blocks();
            ownBlocks += span.frame() == Span.PARENT ? 0 : span.blocks();
            if (span.frame() == Span.LOG) {
                findLogged(span, log);
            } else if (!isReadable(span, layer.own(), own)) {
                add(span);
            }
        }
        Manifest manifest = layer.manifest();
        if (!unknown && (blocks != manifest.blocks() || ownBlocks != manifest.ownBlocks())) {
            own.add("the index of " + manifest.id() + " has " + blocks + " blocks, of them " + ownBlocks
                    + " itself, but its manifest says " + manifest.blocks() + " and " + manifest.ownBlocks());
        }
        if (!unknown && logged != manifest.loggedBlocks() && layer.log() != null) {
            ofLog.add("the log's index of " + layer.manifest().id() + " has other blocks than the generation needs");
        }
        return affected.build();
    }

    private void findLogged(Span span, SpanCursor log) throws IOException {
        logged += span.blocks();
        for (long block = span.first(); block < span.end(); ) {
            Span at = log.at(block);
            Span piece = at.cut(block, Math.min(at.end(), span.end()));
            if (piece.frame() == Span.NONE) {
                own.add("the log of " + layer.manifest().id() + " does not have blocks " + piece.first() + "-"
                        + (piece.end() - 1) + ", which it should have");
                add(piece);
            } else if (!isReadable(piece, layer.log(), ofLog)) {
                add(piece);
            }
            block = piece.end();
        }
    }

    private void add(Span span) {
        affected.add(new BlockRun(span.first(), span.blocks()));
    }

    private boolean isReadable(Span span, Part part, Damages damages) throws IOException {
        if (span.frame() == CheckedSpans.UNKNOWN) {
            unknown = true;
            return false;
        }
        if (span.inFrame()) {
            return !damages.hasFrame(span.frame()) && isInFrame(span, part, damages);
        }
        boolean above = span.frame() == Span.PARENT
                && part == layer.own()
                && layer.manifest().parent() != null;
        if (span.frame() != Span.ZERO && !above) {
            damages.add(part.indexRef().name() + " leaves blocks " + span.first() + "-" + (span.end() - 1)
                    + " to another that there is not");
            return false;
        }
        return true;
    }

    private static boolean isInFrame(Span span, Part part, Damages damages) throws IOException {
        try {
            Frame frame = part.index().frame(span.frame());
            if (!part.isAtItsPlace(span)) {
                damages.add("blocks " + span.first() + "-" + (span.end() - 1) + " are not at their place in the image");
                return false;
            }
            if (span.position() + span.blocks() <= frame.blocks()) {
                return true;
            }
            damages.add("blocks " + span.first() + "-" + (span.end() - 1) + " lie in a frame that does not have them");
        } catch (DamagedException e) {
            damages.add(e.getMessage());
        }
        return false;
    }
}
