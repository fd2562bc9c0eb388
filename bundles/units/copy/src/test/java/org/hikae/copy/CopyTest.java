package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.copy.CopyReport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copying by several nodes (a.12). */
@Timeout(60)
class CopyTest {

    private static final int BLOCK = 4096;
    private static final int MIB = 1 << 20;

    @Test
    void nothingIsWanted() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(MIB, BLOCK), 2);
        copy.wanted = BlockSet.empty();
        assertThat(copy.runWell().bytesByNode()).isEmpty();
        assertThat(copy.node(1).steps()).isZero();
    }

    @Test
    void aDiskOfTerabytesThatHoldsNothingButAShortLastBlock() throws IOException {
        long size = (3L << 43) + 100; // more blocks than an int counts
        TestCopy copy = new TestCopy(new TestDisk(size, 512), 2);
        CopyReport report = copy.runWell();
        assertThat(report.bytesZero()).isEqualTo(size);
        assertThat(report.bytesRead()).isZero();
    }

    @Test
    void whatTheLogHasIsNeitherReadNorWrittenNorPublished() throws IOException {
        TestDisk disk = TestDisk.full(2 * MIB + 100, BLOCK);
        TestCopy copy = new TestCopy(disk, 1);
        copy.logged = BlockSet.of(new BlockRun(0, 1), new BlockRun(3, 2), new BlockRun(200, 200), new BlockRun(512, 1));
        CopyReport report = copy.runWell();
        assertThat(report.bytesLeftOut()).isEqualTo(203L * BLOCK + 100);
        assertThat(report.bytesByNode()).isEqualTo(Map.of("n1", report.bytesRead()));
        for (BlockRun run : copy.logged) {
            for (long block = run.first(); block < run.end(); block++) {
                assertThat(disk.wasRead(block)).as("block %s", block).isFalse();
                assertThat(disk.isPublished(block)).as("block %s", block).isFalse();
            }
        }
    }

    @Test
    void holesThatTheLogHasAreLeftOutToo() throws IOException {
        TestCopy copy = new TestCopy(new TestDisk(3L << 40, BLOCK), 1);
        copy.logged = BlockSet.range(1000, 10);
        CopyReport report = copy.runWell();
        assertThat(report.bytesLeftOut()).isEqualTo(10 * BLOCK);
        assertThat(report.bytesZero()).isEqualTo((3L << 40) - 10 * BLOCK);
    }

    @Test
    void theDiskThatIsLoggedWholeIsNotReadAtAll() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(MIB + 1, BLOCK), 2);
        copy.logged = copy.disk.all();
        CopyReport report = copy.runWell();
        assertThat(report.bytesLeftOut()).isEqualTo(MIB + 1);
        assertThat(report.bytesRead()).isZero();
    }

    @Test
    void noNodeHasMoreWorkersThanItMayHave() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(20 * MIB, BLOCK), 3);
        copy.limits = new CopyLimits(0, 8, Map.of(), Map.of("n1", 1, "n2", 2));
        CopyReport report = copy.runWell();
        assertThat(report.workers()).isEqualTo(8);
        assertThat(copy.node(1).mostOpen()).isLessThanOrEqualTo(1);
        assertThat(copy.node(2).mostOpen()).isLessThanOrEqualTo(2);
    }

    @Test
    void whereAllNodesAreLimitedThereAreFewerWorkers() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(4 * MIB, BLOCK), 2);
        copy.limits = new CopyLimits(0, 8, Map.of(), Map.of("n1", 1, "n2", 2));
        assertThat(copy.runWell().workers()).isEqualTo(3);
    }

    /** Two workers that can only meet if both are there: neither waits for the other's chunk. */
    @Test
    void severalNodesCopyAtTheSameTime() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(2 * MIB, BLOCK), 2);
        copy.limits = new CopyLimits(0, 2);
        CyclicBarrier both = new CyclicBarrier(2);
        copy.nodes.forEach(node -> node.beforeRead = () -> {
            try {
                both.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(copy.runWell().bytesByNode()).isEqualTo(Map.of("n1", (long) MIB, "n2", (long) MIB));
    }

    @Test
    void aMediumThatFailsEndsAllWorkers() {
        TestCopy copy = new TestCopy(TestDisk.full(40 * MIB, BLOCK), 2);
        copy.target.failsAfter = 7;
        assertThatThrownBy(copy::run).isInstanceOf(IOException.class).hasMessage("the medium is full");
        assertThat(copy.target.completed).as("writers that count").hasValue(0);
    }

    @Test
    void aSessionThatFailsEndsTheCopyAtOnce() {
        TestCopy copy = new TestCopy(TestDisk.full(40 * MIB, BLOCK), 2);
        copy.limits = new CopyLimits(1, 2);
        copy.failure = "the log cannot keep up";
        assertThatThrownBy(copy::run).isInstanceOf(IOException.class).hasMessage("the log cannot keep up");
        assertThat(copy.target.written()).isEqualTo(BlockSet.empty());
    }

    @Nested
    class Paused {

        private final TestCopy copy = new TestCopy(TestDisk.full(10 * MIB, BLOCK), 2);

        private CompletableFuture<CopyReport> startAndPause(int after) throws InterruptedException {
            copy.limits = new CopyLimits(0, 4);
            copy.progress.pauseAfter(after);
            CompletableFuture<CopyReport> report = CompletableFuture.supplyAsync(() -> {
                try {
                    return copy.runWell();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            copy.progress.awaitStanding(4);
            return report;
        }

        /** Nothing is claimed by whoever stands still: a node that is lost meanwhile loses nothing. */
        @Test
        void standsStillAndGoesOn() throws Exception {
            CompletableFuture<CopyReport> report = startAndPause(5);
            assertThat(copy.disk.blocks() - copy.target.written().count()).isEqualTo(5 * MIB / BLOCK);
            copy.node(1).lostAt = copy.node(1).steps();
            copy.progress.resume();
            assertThat(report.get(30, TimeUnit.SECONDS).bytesRead()).isEqualTo(10 * MIB);
        }

        @Test
        void canBeCancelled() throws Exception {
            CompletableFuture<CopyReport> report = startAndPause(5);
            copy.progress.cancel();
            assertThatThrownBy(() -> report.get(30, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(CancellationException.class);
            assertThat(copy.target.written().count()).isEqualTo(5 * MIB / BLOCK);
        }

        /** Nobody asks a log that has failed but those who stand. */
        @Test
        void endsWithItsSession() throws Exception {
            CompletableFuture<CopyReport> report = startAndPause(5);
            copy.failure = "the log cannot keep up";
            assertThatThrownBy(() -> report.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("the log cannot keep up");
        }

        @Test
        void endsWithItsNodes() throws Exception {
            CompletableFuture<CopyReport> report = startAndPause(5);
            copy.nodes.forEach(node -> node.lostAt = 0);
            assertThatThrownBy(() -> report.get(30, TimeUnit.SECONDS))
                    .rootCause()
                    .hasMessageContaining("no node is left");
        }

        @Test
        void beforeAnythingIsRead() throws Exception {
            CompletableFuture<CopyReport> report = startAndPause(0);
            assertThat(copy.target.written()).isEqualTo(BlockSet.empty());
            copy.progress.resume();
            report.get(30, TimeUnit.SECONDS);
        }
    }
}
