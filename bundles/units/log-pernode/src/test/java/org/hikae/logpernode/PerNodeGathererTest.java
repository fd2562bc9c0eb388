package org.hikae.logpernode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PerNodeGathererTest extends WithGathering {

    private static final int MIB_OF_BLOCKS = (1 << 20) / Kept.BLOCK;

    @Test
    void aLogOfNothingIsComplete() throws IOException {
        try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
            gatherer.join(node("n1", 1)).close();
            assertThat(gatherer.complete()).isEqualTo(new LogGathering.Gathered(0, 0, 0, 0, BlockSet.empty()));
        }
        assertThat(files("n1")).isEmpty();
    }

    /** What the manager does not know must be copied; a node knows its own records alone. */
    @Test
    void nodesKeepTheirLogsToThemselves() throws IOException {
        try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            LogGathering.NodeRecords two = gatherer.join(node("n2", 1));
            append(one, 10, 5, 1);
            BlockRun run = new BlockRun(8, 10);
            assertThat(one.missing(run)).containsExactly(new BlockRun(8, 2), new BlockRun(15, 3));
            assertThat(two.missing(run)).containsExactly(run);
            assertThat(gatherer.unlogged(run)).containsExactly(run);
        }
    }

    /** Of 48 MiB in the logs 32 stay, which are sent in messages of up to 1 MiB, and the lists in others. */
    @Test
    void onlyWhatStaysIsSent() throws IOException {
        try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            LogGathering.NodeRecords two = gatherer.join(node("n2", 1));
            for (int i = 0; i < 16; i++) {
                append(one, 2L * i * MIB_OF_BLOCKS, MIB_OF_BLOCKS, 1);
                append(two, 2L * i * MIB_OF_BLOCKS, MIB_OF_BLOCKS, 2);
                append(two, (2L * i + 1) * MIB_OF_BLOCKS, MIB_OF_BLOCKS, 3);
            }
            one.close();
            two.close();
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.messages()).isEqualTo(32 + 2);
            assertThat(gathered.messageBytes()).isEqualTo((32L << 20) + 48 * ListEntry.BYTES);
            assertThat(gathered.dropped()).isEqualTo(16L * MIB_OF_BLOCKS);
        }
        assertThat(kept.images).hasSize(32 * MIB_OF_BLOCKS).doesNotContainValue(2);
    }

    /** The list has several pieces then. */
    @Test
    void manySmallRecords() throws IOException {
        try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            for (int i = 0; i < 20_000; i++) {
                append(one, 2 * i, 1, i);
            }
            one.close();
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.records()).isEqualTo(20_000);
            assertThat(gathered.messages()).isEqualTo(11 + 10);
        }
        assertThat(kept.images).hasSize(20_000);
    }

    @Test
    void theNumberOfARecordStaysAndIsThatOfEachOfItsPieces() throws IOException {
        try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            LogGathering.NodeRecords two = gatherer.join(node("n2", 1));
            append(one, 5, 1, 1);
            append(two, 0, 10, 2);
            session.numbers.set(10);
            append(one, 20, 1, 11);
            one.close();
            two.close();
            gatherer.complete();
        }
        assertThat(kept.numbers).containsExactly(1L, 2L, 2L, 11L);
        assertThat(kept.images).containsEntry(4L, 2).containsEntry(5L, 1).containsEntry(6L, 2);
    }

    @Nested
    class CounterRestarted {

        @Test
        void onOneNode() throws IOException {
            try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
                LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
                append(one, 1, 1, 1);
                session.numbers.set(0);
                assertThatThrownBy(() -> append(one, 2, 1, 2)).hasMessageContaining("the counter was restarted");
                assertThatThrownBy(one::close).hasMessageContaining("the counter was restarted");
                assertThatThrownBy(gatherer::complete).hasMessageContaining("the counter was restarted");
            }
        }

        /** R6's case: N2 logs B late and writes, the counter is restarted, N1 logs the new B as 1. */
        @Test
        void onSeveral() throws IOException {
            try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
                LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
                LogGathering.NodeRecords two = gatherer.join(node("n2", 1));
                append(two, 7, 1, 1);
                append(two, 8, 1, 2);
                session.numbers.set(0);
                append(one, 8, 1, 3);
                one.close();
                two.close();
                assertThatThrownBy(gatherer::complete).hasMessageContaining("the counter was restarted");
            }
        }
    }

    @Nested
    class Nodes {

        @Test
        void whatALostNodeHasLoggedIsLost() throws IOException {
            try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
                LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
                append(one, 1, 1, 1);
                assertThatThrownBy(one::lost).hasMessageContaining("node 'n1' is lost");
                assertThat(files("n1")).isEmpty();
                assertThatThrownBy(() -> append(one, 2, 1, 1)).hasMessageContaining("is lost");
                assertThatThrownBy(one::lost).hasMessageContaining("node 'n1' is lost");
                assertThatThrownBy(gatherer::complete).hasMessageContaining("is lost");
            }
        }

        @Test
        void aLostNodeThatHasLoggedNothingLosesNothing() throws IOException {
            try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
                LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
                LogGathering.NodeRecords two = gatherer.join(node("n2", 1));
                append(two, 1, 1, 1);
                one.lost();
                two.close();
                assertThat(gatherer.complete().records()).isEqualTo(1);
            }
        }

        @Test
        void whatANodeHasLoggedOutlastsIt() throws IOException {
            try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
                LogGathering.NodeRecords first = gatherer.join(node("n1", 1));
                append(first, 1, 1, 1);
                first.close();
                first.close();
                LogGathering.NodeRecords again = gatherer.join(node("n1", 2));
                append(again, 0, 3, 2);
                again.close();
                gatherer.complete();
            }
            assertThat(kept.images).containsEntry(0L, 2).containsEntry(1L, 1).containsEntry(2L, 2);
            assertThat(files("n1")).isEmpty();
        }

        @Test
        void aNodeThatHasNotEndedIsNamed() throws IOException {
            try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
                append(gatherer.join(node("n1", 1)), 1, 1, 1);
                assertThatThrownBy(gatherer::complete).hasMessageContaining("node 'n1'");
            }
        }

        @Test
        void afterTheEndNothingIsTaken() throws IOException {
            try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
                LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
                one.close();
                assertThatThrownBy(() -> append(one, 1, 1, 1)).hasMessageContaining("this log has ended");
            }
        }
    }

    /** An interrupt is kept, and changes nothing. */
    @Test
    void interrupts() throws IOException {
        try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
            Thread.currentThread().interrupt();
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            append(one, 1, 1, 1);
            one.close();
            gatherer.complete();
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(kept.images).hasSize(1);
    }

    @Test
    void anInterruptDuringTheMerge() throws IOException {
        Kept interrupting = new Kept() {
            @Override
            public void put(long number, BlockRun run, ByteBuffer data) {
                super.put(number, run, data);
                Thread.currentThread().interrupt();
            }
        };
        try (LogGathering.Gatherer gatherer = gathering.open(session, interrupting)) {
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            for (int i = 0; i < 3; i++) {
                append(one, i * MIB_OF_BLOCKS, MIB_OF_BLOCKS, 1);
            }
            one.close();
            gatherer.complete();
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(interrupting.images).hasSize(3 * MIB_OF_BLOCKS);
    }

    @Nested
    class Stopped {

        private void assertStopped(ThrowingCallable call) {
            assertThatThrownBy(call).isInstanceOf(IOException.class).hasMessageContaining("was stopped");
        }

        @Test
        void inMidBackup() throws IOException {
            LogGathering.Gatherer gatherer = gathering.open(session, kept);
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            append(one, 1, 1, 1);
            gathering.stop();
            assertThat(files("n1")).isEmpty();
            assertStopped(() -> append(one, 2, 1, 1));
            assertStopped(one::close);
            assertStopped(gatherer::complete);
            assertStopped(() -> gatherer.join(node("n1", 1)));
            assertStopped(() -> gathering.open(session, kept));

            Kept others = new Kept();
            try (LogGathering.Gatherer other = new PerNodeGathering().open(new TestSession(), others)) {
                LogGathering.NodeRecords again = other.join(node("n1", 1));
                append(again, 5, 1, 5);
                gatherer.close();
                gatherer.close();
                again.close();
                other.complete();
            }
            assertThat(others.images).containsEntry(5L, 5);
        }

        @Test
        void inMidMerge() throws Exception {
            CountDownLatch reached = new CountDownLatch(1);
            CountDownLatch let = new CountDownLatch(1);
            Kept slow = new Kept() {
                @Override
                public void put(long number, BlockRun run, ByteBuffer data) {
                    super.put(number, run, data);
                    reached.countDown();
                    try {
                        let.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
            LogGathering.Gatherer gatherer = gathering.open(session, slow);
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            append(one, 1, 1, 1);
            append(one, 5, 1, 1);
            one.close();
            AtomicReference<Exception> failure = new AtomicReference<>();
            Thread merge = new Thread(() -> {
                try {
                    gatherer.complete();
                } catch (IOException e) {
                    failure.set(e);
                }
            });
            merge.start();
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            gathering.stop();
            assertThat(files("n1")).isEmpty();
            let.countDown();
            gatherer.close();
            long records = slow.records;
            merge.join();
            assertThat(failure.get()).hasMessageContaining("was stopped");
            assertThat(slow.records).isEqualTo(records).isEqualTo(1);
        }

        @Test
        void closedWithoutAnEnd() throws IOException {
            LogGathering.Gatherer gatherer = gathering.open(session, kept);
            append(gatherer.join(node("n1", 1)), 1, 1, 1);
            assertThat(files("n1")).hasSize(2);
            gatherer.close();
            assertThat(files("n1")).isEmpty();
            assertThat(kept.records).isZero();
        }
    }

    /** Backups of two disks at once are strangers to each other. */
    @Test
    void twoSessionsOnOneNode() throws IOException {
        Kept others = new Kept();
        TestSession second = new TestSession();
        LogGathering.Gatherer dropped = gathering.open(second, others);
        append(dropped.join(node("n1", 1)), 1, 1, 7);
        try (LogGathering.Gatherer gatherer = gathering.open(session, kept)) {
            LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
            append(one, 1, 1, 8);
            dropped.close();
            one.close();
            gatherer.complete();
        }
        assertThat(kept.images).containsEntry(1L, 8);
        assertThat(others.images).isEmpty();
    }
}
