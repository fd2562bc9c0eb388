package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What was received is given back, whatever happens (R22, R23, I6). */
class StoreModelTest {

    private static long histories(int count, int steps) throws Exception {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        long crashes = 0;
        long shared = 0;
        for (int i = 0; i < count; i++) {
            try (StoreHistory history = new StoreHistory(seed + i)) {
                history.run(steps);
                crashes += history.crashes();
                shared += history.shared();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("-Dhikae.seed=" + (seed + i), e);
            }
        }
        assertThat(shared).isPositive();
        return crashes;
    }

    @Test
    void whatWasReceivedIsGivenBackWhateverHappens() throws Exception {
        histories(40, 14);
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void manyHistories() throws Exception {
        assertThat(histories(2000, 30)).isPositive();
    }
}
