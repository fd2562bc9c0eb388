package org.hikae.block.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * R21: whatever was flushed is there, and nothing is there that never was, whatever crashes whenever: generated histories of
 * in-place mounts, each crashed at every step that it takes in the home and on the disk.
 */
class InPlaceCrashTest {

    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    private static final int LENGTH = 60;

    /** Runs what a seed stands for; says which one it is if it fails. */
    private static InPlaceHistory run(long seed, boolean faults, int homeDies, int diskDies, int length) {
        InPlaceHistory history = new InPlaceHistory(seed, faults);
        history.storage.dieAt = homeDies;
        history.disk.dieAt = diskDies;
        try {
            history.run(length);
        } catch (Throwable e) {
            throw new AssertionError(
                    "history " + seed + ", dies at step " + homeDies + " of the home, " + diskDies + " of the disk", e);
        }
        return history;
    }

    @Test
    void r21_aCrashAtEveryStepOfTheHome() {
        int crashes = 0;
        int mounts = 0;
        for (long seed = 0; seed < (LONG ? 400 : 6); seed++) {
            InPlaceHistory whole = run(seed, false, Integer.MAX_VALUE, Integer.MAX_VALUE, LENGTH);
            for (int step = 0; step < whole.storage.steps; step++) {
                crashes += run(seed, false, step, Integer.MAX_VALUE, LENGTH).crashes;
            }
            mounts += whole.mounts;
        }
        assertThat(crashes).isGreaterThan(200);
        assertThat(mounts).isGreaterThan(5);
    }

    @Test
    void r21_aCrashAtEveryStepOfTheDisk() {
        int crashes = 0;
        for (long seed = 1000; seed < (LONG ? 1400 : 1006); seed++) {
            InPlaceHistory whole = run(seed, false, Integer.MAX_VALUE, Integer.MAX_VALUE, LENGTH);
            for (int step = 0; step < whole.disk.steps; step++) {
                crashes += run(seed, false, Integer.MAX_VALUE, step, LENGTH).crashes;
            }
        }
        assertThat(crashes).isGreaterThan(200);
    }

    @Test
    void r21_longHistoriesWithFailuresOfTheHomeAndTheDisk() {
        long first = Long.getLong("hikae.seed", System.nanoTime());
        System.out.println("in-place histories, hikae.seed=" + first);
        SplittableRandom random = new SplittableRandom(first);
        int mounts = 0;
        int ended = 0;
        for (int i = 0; i < (LONG ? 50_000 : 400); i++) {
            InPlaceHistory history = run(random.nextLong(), true, random.nextInt(400), random.nextInt(1200), 200);
            mounts += history.mounts;
            ended += history.ended;
        }
        assertThat(mounts).isGreaterThan(400);
        assertThat(ended).isGreaterThan(100);
    }
}
