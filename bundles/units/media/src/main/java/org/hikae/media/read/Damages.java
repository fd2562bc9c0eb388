package org.hikae.media.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.hikae.media.medium.SecondTierException;

/** What the verification of a part has found. Thread-safe. */
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

    synchronized boolean hasFrame(int frame) {
        return frames.get(frame);
    }

    synchronized List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        if (unsaid > 0) {
            all.add("and " + unsaid + " more damages");
        }
        return all;
    }

    /**
     * A failure of the whole medium is none of the generation's: it is thrown. So is one to read from a second tier, unless what that
     * has is known to be bad: a cartridge that is not there may come.
     */
    static void checkMedium(Part part, IOException failure) throws IOException {
        if (failure instanceof SecondTierException far && !far.isDamage()) {
            throw failure;
        }
        try {
            part.medium().checkOwned();
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }
}
