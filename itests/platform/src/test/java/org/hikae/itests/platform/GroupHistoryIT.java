package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Before;
import org.junit.Test;

/**
 * b.1-b.7, I1, I5: whatever becomes of the files of a disk, of the lists of its groups, and of their generations, each
 * generation has the files of its group as they were, and none of another, after every step. Files are written, overwritten,
 * truncated, renamed, linked, deleted, and their blocks used again; three groups overlap, each with its own chain, beside that
 * of the whole disk; their lists change; generations are merged, verified, and kept by retention.
 *
 * <p>A failure names its seed; {@code -Dhikae.seed=SEED} runs that history alone.
 */
public class GroupHistoryIT extends InFramework {
    private static final int FACTOR = Boolean.getBoolean("hikae.long") ? 30 : 1;
    private static final int HISTORIES = 2 * FACTOR;
    private static final int STEPS = 25;

    private Lab lab;

    @Before
    public void openLab() throws Exception {
        lab = Lab.in(context);
        lab.watchNothing();
    }

    @Test
    public void i5_generationsOfGroupsOfSharedFilesStayWhatTheyWere() throws Exception {
        assertThat(Seeds.forEach(HISTORIES, seed -> run(GroupSharedDisk.make(lab, seed), seed)))
                .isPositive();
    }

    @Test
    public void i5_generationsOfGroupsOfAnExtDiskStayWhatTheyWere() throws Exception {
        assertThat(Seeds.forEach(
                        HISTORIES, seed -> run(GroupExtDisk.make(lab, seed, seed % 2 == 0 ? 1024 : 4096), seed)))
                .isPositive();
    }

    private long run(GroupDisk disk, long seed) throws Exception {
        return new GroupHistory(lab, disk, seed).run(STEPS);
    }
}
