package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.hikae.fs.shared.model.DiskHistory;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * R17: the power is cut at any moment, and of what was not forced any part has reached the disk. The file system opens,
 * checks clean, is as after some operation, has all that was committed, and no file shows what was never written to it.
 */
class PowerCutsTest {

    private static final int STEPS = 400;
    private static final int CUTS = Boolean.getBoolean("hikae.long") ? 3000 : 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyPartOfWhatWasNotForced(long seed) throws IOException {
        DiskHistory history = new DiskHistory();
        Random random = new Random(seed);
        history.run(random, STEPS);
        assertThat(history.events()).isGreaterThan(STEPS / 4);
        for (int cut = 0; cut < CUTS; cut++) {
            int events = random.nextInt(history.events() + 1);
            MemoryDevice disk = history.device().cut(events, random);
            history.check(disk, events, "seed " + seed + ", cut " + cut + " after " + events + " events");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = 5)
    void everyCommit(long seed) throws IOException {
        DiskHistory history = new DiskHistory();
        history.run(new Random(seed), STEPS / 2);
        for (int events = 0; events <= history.events(); events++) {
            if (events == 0 || history.device().isForce(events - 1)) {
                history.check(
                        history.device().prefix(events), events, "seed " + seed + ", first " + events + " events");
            }
        }
    }
}
