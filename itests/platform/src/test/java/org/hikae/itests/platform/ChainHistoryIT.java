package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.Before;
import org.junit.Test;

/**
 * Whatever is done with a disk and its generations, each generation that should be there can be read, and is what it was,
 * byte for byte, after every step: I1, I2 and I5, against a model. Steps are writes, full and differential backups, also
 * since marks, merges, moves, removals, readers that stay open, generations that take the disk's place, retention, chains brought
 * to another medium, merges beside backups and readers, and media that are removed and added again.
 *
 * <p>A failure names its seed; {@code -Dhikae.seed=SEED} runs that history alone.
 */
public class ChainHistoryIT extends InFramework {
    private static final int HISTORIES = Boolean.getBoolean("hikae.long") ? 420 : 6;
    private static final int STEPS = 50;

    private Lab lab;

    @Before
    public void openLab() throws Exception {
        lab = Lab.in(context);
    }

    @Test
    public void i5_everyGenerationStaysWhatItWas() throws Exception {
        AtomicLong histories = new AtomicLong();
        long merges = Seeds.forEach(HISTORIES, seed -> {
            histories.incrementAndGet();
            ChainHistory history = new ChainHistory(lab, seed);
            history.run(STEPS);
            return history.merges();
        });
        assertThat(merges).as("merges: without, nothing is shown").isGreaterThan(histories.get());
    }
}
