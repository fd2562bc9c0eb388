package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that are removed, or killed, while they copy (R7). */
@Timeout(60)
class LostNodeTest {

    private static final int BLOCK = 4096;
    private static final int MIB = 1 << 20;

    /** Data, a hole, data and a short last block, in chunks that the log has cut into several runs. */
    private static TestCopy copy(int nodes) {
        TestDisk disk = new TestDisk(4 * MIB + 100, BLOCK);
        disk.data(0, 2 * MIB).data(3 * MIB, 4 * MIB + 100);
        TestCopy copy = new TestCopy(disk, nodes);
        copy.logged = BlockSet.of(new BlockRun(3, 2), new BlockRun(100, 1), new BlockRun(900, 1));
        return copy;
    }

    private static int stepsOfAll() throws IOException {
        TestCopy copy = copy(1);
        copy.limits = new CopyLimits(0, 1);
        copy.runWell();
        return copy.node(1).steps();
    }

    @Test
    void r7_atEveryStepOfTheOnlyWorkerTheRestGoesToAnother() throws IOException {
        int steps = stepsOfAll();
        assertThat(steps).isGreaterThan(15);
        for (int lostAt = 0; lostAt < steps; lostAt++) {
            TestCopy copy = copy(2);
            copy.limits = new CopyLimits(0, 1);
            copy.node(1).lostAt = lostAt;
            copy.runWell();
            assertThat(copy.node(2).steps()).as("lost at %s", lostAt).isPositive();
        }
    }

    @Test
    void r7_atEveryStepWhileOthersCopyToo() throws IOException {
        int steps = stepsOfAll();
        for (int lostAt = 0; lostAt < steps; lostAt++) {
            TestCopy copy = copy(3);
            copy.limits = new CopyLimits(0, 4);
            copy.node(1).lostAt = lostAt;
            copy.node(2).lostAt = steps - lostAt;
            copy.runWell();
        }
    }

    @Test
    void itsChunkIsDoneEvenIfAllOthersHaveEnded() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(2 * MIB, BLOCK), 2);
        copy.limits = new CopyLimits(0, 2);
        copy.node(1).lostAt = 3; // after it has opened, looked and begun to read
        copy.node(1).beforeRead = () -> {
            while (copy.node(2).open() > 0 || copy.target.written().isEmpty()) {
                Thread.onSpinWait();
            }
        };
        copy.runWell();
        assertThat(copy.disk.wasRead(0)).isTrue();
    }

    @Test
    void aNodeThatIsStartedAgainDoesNotRejoin() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(10 * MIB, BLOCK), 2);
        copy.limits = new CopyLimits(0, 2);
        TestNode lost = copy.node(1);
        lost.lostAt = 0;
        copy.node(2).beforeRead = () -> {
            while (!lost.wasLost) {
                Thread.onSpinWait();
            }
            lost.lostAt = Integer.MAX_VALUE;
        };
        assertThat(copy.runWell().bytesByNode()).containsOnlyKeys("n2");
        assertThat(lost.steps()).isEqualTo(1);
    }

    @Test
    void withoutAnyNodeLeftTheCopyFailsAndSaysSo() {
        for (int lostAt : List.of(0, 1, 4)) {
            TestCopy copy = copy(2);
            copy.nodes.forEach(node -> node.lostAt = lostAt);
            assertThatThrownBy(copy::run)
                    .isInstanceOf(IOException.class)
                    .hasMessage("no node is left to copy disk 'd': the nodes that copied were removed");
        }
    }

    /** Its next chunk is due in days. */
    @Test
    void aNodeThatIsRemovedWhileItWaitsForItsRateIsNotWaitedFor() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(2 * MIB, BLOCK), 2);
        copy.limits = new CopyLimits(0, 1, Map.of("n1", 2L, "n2", 1L), Map.of());
        AtomicInteger parked = new AtomicInteger();
        copy.time = new Time() {
            @Override
            public long nanos() {
                return copy.node(2).open() == 0 ? 0 : TimeUnit.DAYS.toNanos(parked.incrementAndGet());
            }

            @Override
            public void park(long nanos) {
                copy.node(1).lostAt = 0;
            }
        };
        assertThat(copy.runWell().bytesByNode()).containsOnlyKeys("n2");
    }

    @Test
    void theWorkersOfALostNodeGoOnForOthersThatHaveRoom() throws IOException {
        TestCopy copy = new TestCopy(TestDisk.full(30 * MIB, BLOCK), 2);
        copy.limits = new CopyLimits(0, 4);
        copy.node(1).lostAt = 0;
        copy.node(2).beforeRead = () -> {
            while (copy.node(2).mostOpen() < 4) {
                Thread.onSpinWait();
            }
        };
        copy.runWell();
        assertThat(copy.node(2).mostOpen()).isEqualTo(4);
    }
}
