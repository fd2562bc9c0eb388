package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * I2: a block written after a mark is in every changed set since that mark, whatever was killed whenever: generated
 * histories, each crashed at every step that it takes in the home.
 */
class CrashTest {

    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    private static final int LENGTH = 40;

    /** Runs what a seed stands for; says which one it is if it fails. */
    private static History run(long seed, boolean faults, int dieAt) {
        History history = new History(seed, faults);
        history.dieAt(dieAt);
        try {
            history.run(LENGTH);
        } catch (Throwable e) {
            throw new AssertionError("history " + seed + ", dies at step " + dieAt, e);
        }
        return history;
    }

    @Test
    void i2_aCrashAtEveryStep() {
        int answers = 0;
        int started = 0;
        int crashes = 0;
        for (long seed = 0; seed < (LONG ? 300 : 6); seed++) {
            int steps = run(seed, false, Integer.MAX_VALUE).storage().steps;
            for (int step = 0; step < steps; step++) {
                History history = run(seed, false, step);
                answers += history.knownAnswers;
                started += history.startAnswers;
                crashes++;
            }
        }
        assertThat(crashes).isGreaterThan(300);
        assertThat(answers).isGreaterThan(10 * crashes);
        assertThat(started)
                .as("of a disk that a generation has taken the place of")
                .isGreaterThan(crashes / 4);
    }

    @Test
    void i2_aHomeThatIsFullOrReadOnlyOrCannotForce() {
        SplittableRandom random = new SplittableRandom(Long.getLong("hikae.seed", System.nanoTime()));
        int answers = 0;
        for (int i = 0; i < (LONG ? 200_000 : 700); i++) {
            answers += run(random.nextLong(), true, random.nextInt(400)).knownAnswers;
        }
        assertThat(answers).isGreaterThan(500);
    }
}
