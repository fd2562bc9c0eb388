package org.hikae.logcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.logcentral.FakeSession.image;
import static org.hikae.logcentral.FakeSession.node;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are taken one by one, from a counter that never falls. */
@Timeout(60)
class R6Test {

    private static final BlockRun B = new BlockRun(7, 1);
    private static final BlockRun OTHER = new BlockRun(8, 1);

    private final FakeSession session = new FakeSession();
    private final Kept kept = new Kept();

    private static void append(LogGathering.NodeRecords node, BlockRun run, int value) throws IOException {
        node.append(List.of(run), image(run, value));
    }

    /** Case: N2 logs B and writes; N1, which had numbers in advance, logs the new B, and wins. */
    @Test
    void whoComesFirstWinsWhicheverNodeItIs() throws IOException {
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords n1 = gatherer.join(node("n1"));
            LogGathering.NodeRecords n2 = gatherer.join(node("n2"));
            append(n1, OTHER, 1);
            append(n2, B, 2);
            append(n1, B, 3);
            gatherer.complete();
        }
        assertThat(kept.images).isEqualTo(Map.of(7L, (byte) 2, 8L, (byte) 1));
        assertThat(kept.numbers).containsExactly(1L, 2L);
    }

    /** The block may be written once append returns: its number was taken before. */
    @Test
    void theNumberIsTakenBeforeTheBlockIsWritten() throws IOException {
        try (CentralGatherer gatherer = session.open(kept)) {
            append(gatherer.join(node("n1")), B, 1);
            assertThat(session.numbers).hasValue(1);
        }
    }

    /** From 2 it begins anew: falls to 1, or gives 2 again. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -5})
    void aCounterThatWasRestartedFailsTheBackup(long restart) throws IOException {
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords n1 = gatherer.join(node("n1"));
            LogGathering.NodeRecords n2 = gatherer.join(node("n2"));
            append(n1, new BlockRun(1, 1), 1);
            append(n1, new BlockRun(2, 1), 2);
            session.numbers.set(restart);
            assertThatThrownBy(() -> append(n2, B, 3))
                    .hasMessageContaining("the counter of the before-image log was restarted");
            assertThat(session.failure.get()).hasMessageContaining("came after 2");
            assertThatThrownBy(() -> append(n1, OTHER, 4)).hasMessageContaining("restarted");
            assertThatThrownBy(n1::close).hasMessageContaining("restarted");
            assertThatThrownBy(gatherer::complete).hasMessageContaining("restarted");
        }
        assertThat(kept.images).doesNotContainKeys(7L, 8L);
    }
}
