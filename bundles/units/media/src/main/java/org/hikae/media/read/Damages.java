package org.hikae.media.read;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.media.index.Runs;

/** What a verification has found. Thread-safe. */
final class Damages {

    /** A medium that is damaged all over must not fill the memory with words. */
    private static final int MAX_SENTENCES = 1000;

    private final List<String> sentences = new ArrayList<>();
    private final BitSet frames = new BitSet();
    private long unsaid;

    synchronized void add(String sentence) {
        if (sentences.size() < MAX_SENTENCES) {
            sentences.add(sentence);
        } else {
            unsaid++;
        }
    }

    synchronized void addFrames(int from, int to) {
        frames.set(from, to);
    }

    synchronized List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        if (unsaid > 0) {
            all.add("and " + unsaid + " more damages");
        }
        return all;
    }

    synchronized BlockSet affected(Runs runs) {
        return runs.set(frame -> frame >= 0 && frames.get(frame));
    }
}
