package org.hikae.media.merge;

import org.hikae.media.format.GenerationId;
import org.hikae.media.format.ObjectRef;

/** An object of frames of a generation that is merged, and what becomes of it. Not thread-safe. */
final class SourceObject {

    /** What becomes of an object. */
    enum Fate {
        /** Nothing in it is referred to any more. */
        DROPPED,
        /** It stays where it is, and belongs to the result. */
        SHARED,
        /** What is referred to is copied. */
        MOVED
    }

    private final ObjectRef ref;
    private final int firstFrame;
    private int frames;
    private long liveBytes;
    private Fate fate = Fate.DROPPED;
    private int number;
    private int newFrame;

    /** @param firstFrame number, in its index, of its first frame */
    SourceObject(ObjectRef ref, int firstFrame) {
        this.ref = ref;
        this.firstFrame = firstFrame;
    }

    /** Counts its next frame. */
    void add(int length, boolean live) {
        frames++;
        liveBytes += live ? length : 0;
    }

    /**
     * Decides what becomes of it, when all frames are counted. Dead bytes are carried along as long as they are not the most
     * of an object; so what a medium keeps is never more than twice of what is needed. The log of a manifest on another medium
     * is looked for by that manifest's medium when it may be garbage (R19): it cannot belong to another's.
     *
     * @param canShare whether the object lies where the result does, and in its layout
     */
    void decide(boolean canShare) {
        if (liveBytes == 0) {
            fate = Fate.DROPPED;
        } else {
            boolean share =
                    canShare && GenerationId.ofFrames(ref.name()).isPresent() && liveBytes >= ref.length() - liveBytes;
            fate = share ? Fate.SHARED : Fate.MOVED;
        }
    }

    /** Remembers where it is in the result: its number there, if it is shared, and the number of its first frame. */
    void place(int objectNumber, int firstNewFrame) {
        number = objectNumber;
        newFrame = firstNewFrame;
    }

    ObjectRef ref() {
        return ref;
    }

    /** What becomes of it. */
    Fate fate() {
        return fate;
    }

    int firstFrame() {
        return firstFrame;
    }

    /** The frame after its last one. */
    int endFrame() {
        return firstFrame + frames;
    }

    /** Bytes of the frames that are referred to. */
    long liveBytes() {
        return liveBytes;
    }

    int number() {
        return number;
    }

    int newFrame() {
        return newFrame;
    }
}
