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
import org.hikae.api.log.LogSummary;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.Overload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session asks nodes to log, what it hands on, and how it ends. */
class SessionTest {

    private final FakeStrategy strategy = new FakeStrategy();
    private Session session;

    @BeforeEach
    void begin() throws IOException {
        session = strategy.begin(BlockSet.range(10, 90), Overload.FAIL_BACKUP);
    }

    private static ByteBuffer images(int blocks) {
        ByteBuffer data = ByteBuffer.allocate(blocks * BLOCK);
        for (int i = 0; i < blocks; i++) {
            data.put(i * BLOCK, (byte) i);
        }
        return data;
    }

    @Test
    void onlyWantedBlocksAreLoggedAndOnlyOnce() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        assertThat(log.missing(new BlockRun(0, 200))).containsExactly(new BlockRun(10, 90));
        log.append(List.of(new BlockRun(20, 10)), ByteBuffer.allocate(10 * BLOCK));
        assertThat(log.missing(new BlockRun(0, 40))).containsExactly(new BlockRun(10, 10), new BlockRun(30, 10));
        assertThat(session.join(node("n2", 1)).missing(new BlockRun(22, 3))).isEmpty();
    }

    @Test
    void theRecordsOfAWriteAreHandedOnAtOnce() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        List<BlockRun> runs = List.of(new BlockRun(20, 2), new BlockRun(30, 1), new BlockRun(40, 3));
        ByteBuffer data = images(8).position(2 * BLOCK);
        log.append(runs, data);
        assertThat(strategy.calls).containsExactly(runs);
        assertThat(strategy.firstBytes).containsExactly((byte) 2, (byte) 4, (byte) 5);
        assertThat(log.complete().records()).isEqualTo(3);
    }

    @Test
    void r7_whatIsKnownToBeCopiedIsSpared() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        session.copied(new BlockRun(10, 40));
        assertThat(log.missing(new BlockRun(15, 5))).isEmpty();
        assertThat(log.missing(new BlockRun(45, 10))).containsExactly(new BlockRun(50, 5));
        assertThat(log.missing(new BlockRun(60, 10))).containsExactly(new BlockRun(60, 10));
        LogSummary summary = session.complete(List.of(log.complete()));
        assertThat(summary.spared()).isEqualTo(2);
    }

    /** A write counts if it would have had to log something: not twice for a block, and not for one that is in the log. */
    @Test
    void r7_aSparedWriteIsOneThatWouldHaveLogged() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        NodeLog other = session.join(node("n2", 1));
        log.append(List.of(new BlockRun(20, 1)), images(1));
        session.copied(new BlockRun(10, 40));
        assertThat(log.missing(new BlockRun(20, 1))).isEmpty();
        assertThat(log.missing(new BlockRun(0, 5))).as("not wanted").isEmpty();
        assertThat(session.complete(List.of(log.complete(), other.complete())).spared())
                .isZero();
        assertThat(log.missing(new BlockRun(19, 3))).isEmpty();
        assertThat(other.missing(new BlockRun(19, 3))).isEmpty();
        assertThat(other.missing(new BlockRun(21, 2))).isEmpty();
        assertThat(session.complete(List.of()).spared()).isEqualTo(2);
    }

    /** A wanted set of many runs: one write meets several, and is one write. */
    @Test
    void r7_aWriteIsSparedOnce() throws IOException {
        session.narrow(BlockSet.of(new BlockRun(10, 1), new BlockRun(12, 1), new BlockRun(14, 1)));
        NodeLog log = session.join(node("n1", 1));
        session.copied(new BlockRun(10, 1));
        session.copied(new BlockRun(14, 1));
        assertThat(log.missing(new BlockRun(0, 50))).containsExactly(new BlockRun(12, 1));
        assertThat(session.complete(List.of(log.complete())).spared()).isEqualTo(1);
    }

    /** Case: N1 finds B missing; B is copied; N2 overwrites it unlogged; N1 reads what N2 wrote, and logs it. */
    @Test
    void r7_whatBecameKnownToBeCopiedAfterItWasFoundMissingIsNotLogged() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        assertThat(log.missing(new BlockRun(20, 10))).containsExactly(new BlockRun(20, 10));
        session.copied(new BlockRun(22, 3));
        ByteBuffer data = ByteBuffer.allocate(10 * BLOCK);
        for (int i = 0; i < 10; i++) {
            data.put(i * BLOCK, (byte) (20 + i));
        }
        log.append(List.of(new BlockRun(20, 10)), data);
        assertThat(strategy.held.build()).isEqualTo(BlockSet.of(new BlockRun(20, 2), new BlockRun(25, 5)));
        assertThat(strategy.firstBytes).containsExactly((byte) 20, (byte) 25);
        assertThat(log.complete().records()).isEqualTo(2);
    }

    /** What is left lies together wherever nothing in between was copied. */
    @Test
    void r7_whatIsLeftOfAWriteIsHandedOnInAsFewCallsAsItCanBe() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        List<BlockRun> runs = List.of(new BlockRun(20, 2), new BlockRun(30, 4), new BlockRun(40, 2));
        session.copied(new BlockRun(32, 1));
        log.append(runs, images(8));
        assertThat(strategy.calls)
                .containsExactly(
                        List.of(new BlockRun(20, 2), new BlockRun(30, 2)),
                        List.of(new BlockRun(33, 1), new BlockRun(40, 2)));
        assertThat(strategy.firstBytes).containsExactly((byte) 0, (byte) 2, (byte) 5, (byte) 6);

        session.copied(new BlockRun(60, 5));
        log.append(List.of(new BlockRun(60, 5)), images(5));
        assertThat(strategy.calls).as("nothing is left").hasSize(2);
        session.copied(new BlockRun(50, 1));
        log.append(List.of(new BlockRun(50, 1), new BlockRun(52, 1)), images(2));
        assertThat(strategy.calls.get(2)).containsExactly(new BlockRun(52, 1));
        assertThat(strategy.firstBytes.get(4)).isEqualTo((byte) 1);
    }

    /** A gathering tells it of a log that fails: from then on nobody logs, and the backup says why. */
    @Test
    void aGatheringThatFailsMakesTheSessionFail() throws IOException {
        NodeLog log = session.join(node("n1", 1));
        strategy.session.failed(new IOException("the log cannot keep up"));
        assertThat(strategy.session.hasFailed()).isTrue();
        assertThat(log.missing(new BlockRun(20, 1))).isEmpty();
        assertThatThrownBy(() -> session.complete(List.of(log.complete())))
                .hasMessage("the before-image log of disk 'd' cannot be kept: the log cannot keep up");
    }

    @Test
    void theFirstReasonOfAFailureStays() {
        session.fail("first", null);
        session.fail("second", null);
        assertThatThrownBy(session::check).hasMessage("first");
        assertThatThrownBy(() -> session.join(node("n1", 1))).hasMessage("first");
    }

    @Test
    void closingReleasesEverythingOnce() {
        session.close();
        session.close();
        assertThat(strategy.ended).containsExactly("gatherer", "sink");
        assertThatThrownBy(() -> session.join(node("n1", 1))).hasMessageContaining("has ended");
        assertThat(strategy.session.hasFailed())
                .as("nobody waits for room any more")
                .isTrue();
    }

    @Test
    void r6_numbersCountFromOneWithoutGaps() {
        assertThat(List.of(session.nextNumber(), session.nextNumber(), session.nextNumber()))
                .containsExactly(1L, 2L, 3L);
    }

    /** Blocks far beyond what an int holds. */
    @Test
    void aDiskMayBeLarge() throws IOException {
        long far = 1L << 40;
        session.narrow(BlockSet.range(0, 1L << 41));
        NodeLog log = session.join(node("n1", 1));
        session.copied(new BlockRun(0, far + 1));
        assertThat(log.missing(new BlockRun(far, 3))).containsExactly(new BlockRun(far + 1, 2));
        log.append(List.of(new BlockRun(far, 3)), images(3));
        assertThat(strategy.calls).containsExactly(List.of(new BlockRun(far + 1, 2)));
        assertThat(strategy.firstBytes).containsExactly((byte) 1);
    }
}
