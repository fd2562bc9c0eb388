package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.log.FakeStrategy.BLOCK;
import static org.hikae.log.FakeStrategy.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.Overload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No unlogged writer: a log is complete when every incarnation that joined has said so. */
class R9Test {

    private static final BlockRun RUN = new BlockRun(12, 1);

    private final FakeStrategy strategy = new FakeStrategy();
    private Session session;

    @BeforeEach
    void begin() throws IOException {
        session = strategy.begin(BlockSet.range(10, 90), Overload.FAIL_BACKUP);
    }

    private static ByteBuffer image() {
        return ByteBuffer.allocate(BLOCK);
    }

    @Test
    void anIncarnationWithoutReceiptForbidsTheSeal() throws IOException {
        LogReceipt first = session.join(node("n1", 1)).complete();
        session.join(node("n1", 2));
        assertThatThrownBy(() -> session.complete(List.of(first))).hasMessageContaining("n1 (incarnation 2)");
        assertThat(strategy.ended).doesNotContain("complete");
    }

    @Test
    void anUnloggedWriteForbidsTheSeal() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        log.unlogged(RUN, new IOException("disk error"));
        assertThat(log.missing(RUN)).as("nobody logs for a lost cause").isEmpty();
        LogReceipt receipt = log.complete();
        assertThat(receipt.complete()).isFalse();
        assertThatThrownBy(() -> session.complete(List.of(receipt))).hasMessageContaining("disk error");
        assertThatThrownBy(session::check).hasMessageContaining("block 12");
        assertThat(strategy.ended).doesNotContain("complete");
    }

    @Test
    void aNodeThatCannotCloseItsLogForbidsTheSeal() throws IOException {
        LogReceipt receipt = session.join(node("torn", 1)).complete();
        assertThat(receipt.complete()).isFalse();
        assertThatThrownBy(() -> session.complete(List.of(receipt))).hasMessageContaining("its medium is gone");
    }

    /** It sees at once what others hold, and the backup is not complete without it. */
    @Test
    void aNodeMayJoinInMidBackup() throws IOException {
        NodeLog early = session.join(node("n1", 1));
        early.append(List.of(RUN), image());
        session.copied(new BlockRun(30, 10));
        NodeLog late = session.join(node("n2", 5));
        assertThat(late.missing(new BlockRun(10, 30))).containsExactly(new BlockRun(10, 2), new BlockRun(13, 17));
        late.append(List.of(new BlockRun(10, 1)), image());

        LogReceipt first = early.complete();
        assertThatThrownBy(() -> session.complete(List.of(first))).hasMessageContaining("n2 (incarnation 5)");
        LogReceipt second = late.complete();
        assertThat(second).isEqualTo(new LogReceipt("n2", 5, 1, true));
        assertThat(session.complete(List.of(first, second)).logged()).isEqualTo(BlockSet.of(new BlockRun(10, 1), RUN));
        assertThat(strategy.ended).contains("complete");
    }

    @Test
    void aLostNodeWhoseLogIsHeldElsewhereIsTolerated() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        log.append(List.of(RUN), image());
        LogReceipt receipt = log.lost();
        assertThat(receipt).isEqualTo(new LogReceipt("n1", 1, 1, true));
        assertThat(session.complete(List.of(receipt)).logged()).isEqualTo(BlockSet.of(RUN));
    }

    @Test
    void aLostNodeThatHasItsLogAloneForbidsTheSeal() throws IOException {
        strategy.losesLogs = true;
        NodeLog log = session.join(node("n1", 1));
        NodeLog other = session.join(node("n2", 1));
        log.append(List.of(RUN), image());
        LogReceipt receipt = log.lost();
        assertThat(receipt.complete()).isFalse();
        assertThat(other.missing(new BlockRun(50, 1)))
                .as("nobody logs for a lost cause")
                .isEmpty();
        assertThatThrownBy(() -> session.complete(List.of(receipt, other.complete())))
                .hasMessage("the log of node 'n1' is lost: what it held is lost with it");
        assertThat(strategy.ended).doesNotContain("complete");
    }

    /** A node ends its log in good order, and is lost after: what it said counts, and the gathering is asked no more. */
    @Test
    void aNodeThatIsLostAfterItsLastWordIsNotLostWithItsLog() throws IOException {
        strategy.losesLogs = true;
        NodeLog log = session.join(node("n1", 1));
        LogReceipt receipt = log.complete();
        assertThat(log.lost()).isSameAs(receipt);
        session.complete(List.of(receipt));
        session.check();
    }

    /** A node comes back under its name while the log of its former incarnation is lost. */
    @Test
    void aNewIncarnationDoesNotSpeakForTheLostOne() throws IOException {
        strategy.losesLogs = true;
        NodeLog former = session.join(node("n1", 1));
        NodeLog now = session.join(node("n1", 2));
        LogReceipt lost = former.lost();
        assertThatThrownBy(() -> session.complete(List.of(now.complete()))).hasMessageContaining("lost");
        assertThat(lost.complete()).isFalse();
    }

    @Test
    void nobodyJoinsABackupThatHasEndedOrFailed() {
        session.fail("no", null);
        assertThatThrownBy(() -> session.join(node("n1", 1))).hasMessage("no");
    }
}
