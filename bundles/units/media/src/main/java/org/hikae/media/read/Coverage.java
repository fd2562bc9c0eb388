package org.hikae.media.read;

import java.io.IOException;
import org.hikae.api.job.Reason;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.index.Frame;
import org.hikae.media.index.FramePage;

/** Reads the frames of an index, and sees whether they fill the objects: each byte of an object is in one of them. */
final class Coverage {

    private final Part part;
    private final Damages damages;
    private int object = -1;
    private long end;
    /** Whether frames are unknown since a damaged page, so that what comes next may begin anywhere. */
    private boolean lost;

    Coverage(Part part, Damages damages) {
        this.part = part;
        this.damages = damages;
    }

    /**
     * The next page of frames; null if it is damaged, which is noted.
     *
     * @throws IOException if the medium fails
     */
    FramePage read(int page) throws IOException {
        FramePage frames;
        try {
            frames = part.index().readFrames(page);
        } catch (IOException e) {
            damages.checkMedium(part, e);
            damages.add(
                    e instanceof DamagedException
                            ? e.getMessage()
                            : part.indexRef().name() + ": " + Reason.of(e));
            int first = part.index().firstFrame(page);
            damages.addFrames(
                    first, Math.min(part.index().frameCount(), part.index().firstFrame(page + 1)));
            lost = true;
            return null;
        }
        for (int i = 0; i < frames.count() && !part.isRaw(); i++) {
            note(frames.get(i));
        }
        return frames;
    }

    private void note(Frame frame) {
        boolean begins = frame.object() == object + 1 && frame.offset() == ObjectHeader.LENGTH;
        if (!lost && begins) {
            finish();
        } else if (!lost && (frame.object() != object || frame.offset() != end)) {
            damages.add(part.name(frame.object()) + " has bytes before byte " + frame.offset() + " that no frame has");
        }
        lost = false;
        object = frame.object();
        end = frame.end();
    }

    /** There is nothing more of the object. */
    void finish() {
        if (object >= 0 && !lost && end != part.refs().get(object).length()) {
            damages.add(part.name(object) + " does not end with its last frame, at byte " + end);
        }
    }

    /** There are no more frames. */
    void end() {
        if (part.isRaw()) {
            return; // what lies between regions is seen to by HolesCheck
        }
        finish();
        if (!lost && object != part.refs().size() - 1) {
            damages.add(part.indexRef().name() + " has no frames of " + part.name(object + 1));
        }
    }
}
