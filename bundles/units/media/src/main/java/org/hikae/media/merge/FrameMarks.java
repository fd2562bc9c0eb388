package org.hikae.media.merge;

/** Marks among the frames of an index: a bit for each, however many there are. Not thread-safe. */
final class FrameMarks {

    /** So many words have their marks counted together. */
    private static final int STRIDE = 8;

    private final long[] words;
    /** Number of marks before each stride; null until they are counted. */
    private int[] before;

    FrameMarks(int frames) {
        words = new long[(frames >>> 6) + 1];
    }

    /** Marks a frame; before {@link #rank} is asked for the first time. */
    void set(int frame) {
        words[frame >>> 6] |= 1L << frame;
    }

    boolean get(int frame) {
        return (words[frame >>> 6] & 1L << frame) != 0;
    }

    /** Number of marked frames before a frame. */
    int rank(int frame) {
        if (before == null) {
            before = count();
        }
        int word = frame >>> 6;
        int rank = before[word / STRIDE];
        for (int i = word - word % STRIDE; i < word; i++) {
            rank += Long.bitCount(words[i]);
        }
        return rank + Long.bitCount(words[word] & (1L << frame) - 1);
    }

    private int[] count() {
        int[] counts = new int[words.length / STRIDE + 1];
        int count = 0;
        for (int i = 0; i < words.length; i++) {
            if (i % STRIDE == 0) {
                counts[i / STRIDE] = count;
            }
            count += Long.bitCount(words[i]);
        }
        return counts;
    }
}
