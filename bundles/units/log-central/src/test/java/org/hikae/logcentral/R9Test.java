package org.hikae.logcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.logcentral.FakeSession.image;
import static org.hikae.logcentral.FakeSession.node;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that is lost loses nothing of a log that is gathered centrally. */
@Timeout(60)
class R9Test {

    private final Kept kept = new Kept();

    private static void append(LogGathering.NodeRecords node, long block, int value) throws IOException {
        BlockRun run = new BlockRun(block, 1);
        node.append(List.of(run), image(run, value));
    }

    @Test
    void whatALostNodeLoggedIsHeld() throws IOException {
        try (CentralGatherer gatherer = new FakeSession().open(kept)) {
            LogGathering.NodeRecords lost = gatherer.join(node("n1"));
            LogGathering.NodeRecords other = gatherer.join(node("n2"));
            append(lost, 1, 1);
            lost.lost();
            assertThat(other.missing(new BlockRun(0, 3))).containsExactly(new BlockRun(0, 1), new BlockRun(2, 1));
            append(other, 2, 2);
            other.close();
            assertThat(gatherer.complete().records()).isEqualTo(2);
        }
        assertThat(kept.images).isEqualTo(Map.of(1L, (byte) 1, 2L, (byte) 2));
    }

    /** The node that came back, or a new one: it knows at once what others have logged. */
    @Test
    void aNodeMayJoinInMidBackup() throws IOException {
        try (CentralGatherer gatherer = new FakeSession().open(kept)) {
            LogGathering.NodeRecords former = gatherer.join(node("n1"));
            append(former, 1, 1);
            former.lost();
            LogGathering.NodeRecords again = gatherer.join(node("n1"));
            assertThat(again.missing(new BlockRun(1, 1))).isEmpty();
            append(again, 1, 9);
            append(again, 2, 2);
            again.close();
            assertThat(gatherer.complete().dropped()).isEqualTo(1);
        }
        assertThat(kept.images).isEqualTo(Map.of(1L, (byte) 1, 2L, (byte) 2));
        assertThat(kept.numbers).containsExactly(1L, 2L);
    }
}
