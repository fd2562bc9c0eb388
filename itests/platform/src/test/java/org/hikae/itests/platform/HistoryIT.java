package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.junit.Before;
import org.junit.Test;

/**
 * A generation equals the disk at its instant, byte for byte, whatever is written meanwhile (I1): generated histories of
 * changes of odd sizes at odd offsets, through four nodes, before, during and after the instant. The generations of a disk
 * build upon one another, on two media, and each stays what it was.
 *
 * <p>A failure names its seed; {@code -Dhikae.seed=SEED} runs the histories of that seed alone.
 */
public class HistoryIT extends InFramework {
    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    /** What every gathering keeps with every placement is shown by {@link LogStrategyContract}; here they are longer. */
    private static final int SHORT = LONG ? 100 : 3;
    /** Histories on one disk, one after the other. */
    private static final int ON_A_DISK = LONG ? 25 : 15;

    private Lab lab;

    @Before
    public void openLab() throws Exception {
        lab = Lab.in(context);
    }

    @Test
    public void shortHistories() throws Exception {
        long logged = Seeds.forEach(SHORT, seed -> histories(seed, 300_000, ON_A_DISK, false));
        assertThat(logged).as("blocks logged: without, nothing is shown").isPositive();
    }

    @Test
    public void shortHistoriesStepByStep() throws Exception {
        long logged = Seeds.forEach(SHORT, seed -> histories(seed, 300_000, ON_A_DISK, true));
        assertThat(logged).as("blocks logged: without, nothing is shown").isPositive();
    }

    @Test
    public void historiesOfLargeDisks() throws Exception {
        long logged = Seeds.forEach(LONG ? 80 : 2, seed -> histories(seed, 64_000_000, 1, false));
        assertThat(logged).as("blocks logged: without, nothing is shown").isPositive();
    }

    /** Histories on a disk of some size, block size and log strategy; returns how many blocks were logged. */
    private long histories(long seed, int sizeLimit, int count, boolean stepwise) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int blockSize = 512 << random.nextInt(8);
        Disk disk = lab.disk(size(random, sizeLimit, blockSize), blockSize, random.nextLong());
        Way way = way(random);
        long logged = 0;
        Deque<History> done = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            History history = new History(lab, disk, way, Layout.PACKED, random.split(), stepwise, i);
            history.run();
            logged += history.logged();
            done.push(history);
        }
        for (History history : done) {
            history.checkAgain();
            history.forget();
        }
        lab.forget(disk);
        return logged;
    }

    private static long size(SplittableRandom random, int limit, int blockSize) {
        long size = random.nextInt(5) == 0 ? 1 + random.nextInt(3 * blockSize) : limit / 3 + random.nextInt(limit);
        return random.nextInt(3) == 0 ? Math.max(blockSize, size - size % blockSize) : size;
    }

    private Way way(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Way(lab.gathering, LogPlace.OVERLAY, null);
            case 1 -> new Way(lab.gathering, LogPlace.SEPARATE, null);
            default -> new Way(lab.gathering, LogPlace.SEPARATE, Lab.OTHER_MEDIUM);
        };
    }
}
