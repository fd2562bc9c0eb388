package org.hikae.media.merge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.index.Span;
import org.hikae.media.merge.SourceObject.Fate;
import org.hikae.media.read.Part;

/**
 * A generation that is merged, or its log: which of its frames are referred to, and what becomes of its objects. It takes a
 * bit for each frame, and little for each object. Not thread-safe.
 */
final class Source {

    private final Part part;
    private final FrameMarks live;
    private final List<SourceObject> objects = new ArrayList<>();
    /** Of an image, the region reached. */
    private int region = -1;

    private int passedInRegion;

    Source(Part part) {
        this.part = part;
        this.live = new FrameMarks(part.index().frameCount());
    }

    /** Notes that blocks are referred to. */
    void mark(Span span) throws IOException {
        if (!part.isAtItsPlace(span)) {
            throw new DamagedException("blocks " + span.first() + "-" + (span.end() - 1) + " of "
                    + part.manifest().id() + " are not at their place in the image");
        }
        live.set(span.frame());
    }

    /** Finds out what is referred to of each object, when all blocks were marked, and what becomes of it. */
    void decide(boolean onTarget) throws IOException {
        part.index().forEachFrame(0, part.index().frameCount(), (number, frame) -> {
            while (objects.size() <= frame.object()) {
                objects.add(new SourceObject(part.refs().get(objects.size()), number));
            }
            if (frame.object() != objects.size() - 1) {
                throw new DamagedException(part.name(frame.object()) + " is not where it should be in the index of "
                        + part.manifest().id());
            }
            objects.get(frame.object()).add(frame.length(), live.get(number));
        });
        objects.forEach(object -> object.decide(onTarget && !part.isRaw()));
    }

    /** Its objects of one fate, in their order. */
    List<SourceObject> objects(Fate fate) {
        return objects.stream().filter(object -> object.fate() == fate).toList();
    }

    /** Number of frames of an object that are referred to. */
    int liveFrames(SourceObject object) {
        return live.rank(object.endFrame()) - live.rank(object.firstFrame());
    }

    boolean isLive(int frame) {
        return live.get(frame);
    }

    /** The same blocks, by the numbers of frames in the result; asked for all that were marked, in ascending order. */
    Span inResult(Span span) {
        SourceObject object = objectOf(span.frame());
        int from = object.firstFrame();
        int passed = object.fate() == Fate.SHARED ? span.frame() - from : live.rank(span.frame()) - live.rank(from);
        return new Span(span.first(), span.end(), object.newFrame() + passed, position(span));
    }

    /** Of a region of an image, only the blocks that are referred to have come into the frame. */
    private int position(Span span) {
        if (!part.isRaw()) {
            return span.position();
        }
        if (span.frame() != region) {
            region = span.frame();
            passedInRegion = 0;
        }
        int position = passedInRegion;
        passedInRegion += (int) span.blocks();
        return position;
    }

    private SourceObject objectOf(int frame) {
        int low = 0;
        int high = objects.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (objects.get(middle).endFrame() <= frame) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return objects.get(low);
    }

    Part part() {
        return part;
    }
}
