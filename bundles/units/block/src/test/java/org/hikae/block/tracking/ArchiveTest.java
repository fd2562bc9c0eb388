package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hikae.api.block.BlockSet;
import org.junit.jupiter.api.Test;

class ArchiveTest {

    private final Lab lab = new Lab(1 << 16);

    /** Else the first write after a crash waits until thousands of records are put together one by one. */
    @Test
    void manyRecordsOfAnEpochBecomeOne() throws IOException {
        BlockSet.Builder regions = new BlockSet.Builder();
        for (int region = 40; region >= 0; region -= 2) {
            lab.write(region * (long) Lab.PER_REGION, 1);
            regions.add(Lab.region(region));
        }
        lab.tracking.closeEpoch();
        lab.write(99 * (long) Lab.PER_REGION, 1);
        lab.kill();
        TrackingFiles files = new TrackingFiles(lab.storage, lab.logBytes);
        Subject disk = new Subject("d", Lab.DISK, Lab.BLOCK);
        Lineage lineage = new Archive(disk, files, this).load(files.readState(TrackingFiles.STATE));
        assertThat(lineage.unsavedWithin(0, Long.MAX_VALUE))
                .extracting(piece -> piece.blocks().get())
                .containsExactly(regions.build(), Lab.region(99));
    }
}
