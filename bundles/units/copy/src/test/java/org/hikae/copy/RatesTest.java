package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.copy.CopyReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits of rates, by a clock that passes only while all workers wait for it. */
@Timeout(60)
class RatesTest {

    private static final int BLOCK = 4096;
    private static final long MIB = 1 << 20;

    private static TestCopy copy(TestDisk disk, int nodes, CopyLimits limits) {
        TestCopy copy = new TestCopy(disk, nodes);
        VirtualTime time = new VirtualTime(limits.workers());
        copy.nodes.forEach(node -> node.onClose = time::leave);
        copy.time = time;
        copy.limits = limits;
        return copy;
    }

    private static double seconds(CopyReport report) {
        return (double) report.nanos() / TimeUnit.SECONDS.toNanos(1);
    }

    @Test
    void allTogetherReadNoFasterThanTheyMay() throws IOException {
        TestDisk disk = TestDisk.full(50 * MIB, BLOCK);
        CopyReport report = copy(disk, 2, new CopyLimits(10 * MIB, 4)).runWell();
        assertThat(seconds(report)).isCloseTo(5, within(0.3));
    }

    @Test
    void workMovesFromTheSlowToTheFastInTheProportionOfTheirRates() throws IOException {
        TestDisk disk = TestDisk.full(40 * MIB, BLOCK);
        CopyLimits limits = new CopyLimits(0, 4, Map.of("n1", MIB, "n2", 3 * MIB), Map.of());
        CopyReport report = copy(disk, 2, limits).runWell();
        assertThat(report.bytesByNode().get("n1")).isCloseTo(10 * MIB, within(2 * MIB));
        assertThat(report.bytesByNode().get("n2")).isCloseTo(30 * MIB, within(2 * MIB));
        assertThat(seconds(report)).isCloseTo(10, within(1.0));
    }

    @Test
    void aNodeThatIsAllButStoppedHoldsNothingUp() throws IOException {
        TestDisk disk = TestDisk.full(20 * MIB, BLOCK);
        CopyLimits limits = new CopyLimits(0, 4, Map.of("n1", 1L), Map.of());
        CopyReport report = copy(disk, 2, limits).runWell();
        assertThat(report.bytesByNode()).isEqualTo(Map.of("n2", 20 * MIB));
        assertThat(seconds(report)).isLessThan(1);
    }

    /** Late by what the others have paid for as well, when the last chunk is a small one: a chunk for each worker. */
    @Test
    void theOnlyNodesLimitIsThatOfTheCopy() throws IOException {
        TestDisk disk = TestDisk.full(20 * MIB + 5, BLOCK);
        CopyReport report = copy(disk, 1, new CopyLimits(0, 3, Map.of("n1", 4 * MIB), Map.of()))
                .runWell();
        assertThat(seconds(report)).isBetween(4.75, 5.75);
    }

    @Test
    void theSmallerOfBothLimitsCounts() throws IOException {
        TestDisk disk = TestDisk.full(20 * MIB, BLOCK);
        CopyReport report = copy(disk, 1, new CopyLimits(2 * MIB, 2, Map.of("n1", 8 * MIB), Map.of()))
                .runWell();
        assertThat(seconds(report)).isCloseTo(10, within(0.5));
    }

    @Test
    void singleBlocksTakeNoMoreTimeThanTheirBytes() throws IOException {
        TestDisk disk = new TestDisk(200 * MIB, BLOCK);
        for (long at = 0; at < disk.size(); at += 2 * MIB) {
            disk.data(at, at + BLOCK);
        }
        CopyReport report = copy(disk, 2, new CopyLimits(100_000, 2)).runWell();
        assertThat(report.bytesRead()).isEqualTo(100 * BLOCK);
        assertThat(seconds(report)).isCloseTo(4.1, within(0.3));
    }

    @Test
    void holesAndWhatTheLogHasTakeNoTime() throws IOException {
        TestCopy sparse = copy(new TestDisk(3L << 40, BLOCK), 2, new CopyLimits(1, 2));
        assertThat(sparse.runWell().nanos()).isZero();
        TestCopy logged = copy(TestDisk.full(64 * MIB, BLOCK), 1, new CopyLimits(MIB, 1));
        logged.logged = logged.disk.all();
        assertThat(seconds(logged.runWell())).as("one chunk was paid for").isCloseTo(1, within(0.1));
    }
}
