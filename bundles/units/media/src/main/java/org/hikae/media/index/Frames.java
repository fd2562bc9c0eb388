package org.hikae.media.index;

import java.util.Arrays;
import java.util.List;

/** The frames of a generation: where each lies, how long it is, and its checksum. Immutable. */
public final class Frames {

    private final List<FrameObject> objects;
    /** Number of the first frame of each object, and the number of frames. */
    private final int[] firsts;

    private Frames(List<FrameObject> objects) {
        this.objects = List.copyOf(objects);
        this.firsts = new int[objects.size() + 1];
        for (int i = 0; i < objects.size(); i++) {
            firsts[i + 1] = Math.addExact(firsts[i], objects.get(i).count());
        }
    }

    /** The frames of the objects one after the other. */
    public static Frames of(List<FrameObject> objects) {
        return new Frames(objects);
    }

    /** Number of frames. */
    public int count() {
        return firsts[objects.size()];
    }

    public List<FrameObject> objects() {
        return objects;
    }

    /** The number of an object's first frame. */
    public int firstFrame(int object) {
        return firsts[object];
    }

    /** The number of the object that a frame lies in. */
    public int objectOf(int frame) {
        int at = Arrays.binarySearch(firsts, frame);
        if (at < 0) {
            return -at - 2;
        }
        // An object without frames begins where the next one does.
        while (firsts[at + 1] == frame) {
            at++;
        }
        return at;
    }

    /** Number of blocks in a frame. */
    public int blocks(int frame) {
        int object = objectOf(frame);
        return objects.get(object).blocks(frame - firsts[object]);
    }
}
