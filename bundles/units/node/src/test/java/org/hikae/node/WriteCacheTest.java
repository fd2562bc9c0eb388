package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.node.NodeGoneException;
import org.hikae.api.node.NodeStatistics;
import org.hikae.node.testing.TestDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the write cache of a node promises for a disk as a whole. */
class WriteCacheTest {

    private static final int MIB = 1 << 20;

    private final TestDevice device = new TestDevice(16 * MIB + 700, 512);
    private final Cluster cluster = new Cluster(device, 2 * MIB);
    private final LocalNode n1 = cluster.start("n1");
    private final LocalNode n2 = cluster.start("n2");

    @AfterEach
    void end() {
        device.failing = false;
        device.beforeWrite = () -> {};
        cluster.close();
    }

    private static ByteBuffer bytes(int value, int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) value);
        return ByteBuffer.wrap(content);
    }

    private static int read(BlockDevice device, long offset) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        device.read(one, offset);
        return one.get(0);
    }

    private static FutureTask<Void> begin(Attempt attempt) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            attempt.run();
            return null;
        });
        new Thread(task, "guest").start();
        return task;
    }

    private interface Attempt {
        void run() throws Exception;
    }

    @Test
    void aWriteReachesTheDiskWhenItIsForced() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        open.write(bytes(7, 1000), 100);
        assertThat(read(open, 100)).isEqualTo(7);
        assertThat(read(device, 100)).isZero();
        open.force();
        assertThat(read(device, 1099)).isEqualTo(7);
        assertThat(device.forces).isEqualTo(1);
    }

    /** Blocks, not pages: the changed-block list and the before-images are exact (a.9). */
    @Test
    void onlyBlocksThatWereChangedAreWritten() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        open.write(bytes(1, 512), 512);
        open.write(bytes(1, 1), 3 * 512 + 5);
        open.force();
        for (long block = 0; block < 8; block++) {
            assertThat(device.writes(block)).as("block %d", block).isEqualTo(block == 1 || block == 3 ? 1 : 0);
        }
    }

    @Test
    void theShortLastBlockIsPartOfTheDisk() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        open.write(bytes(5, 200), device.size() - 200);
        open.force();
        assertThat(read(device, device.size() - 1)).isEqualTo(5);
        assertThat(read(n2.open(Cluster.DISK), device.size() - 200)).isEqualTo(5);
        assertThatThrownBy(() -> open.write(bytes(1, 2), device.size() - 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void i4_anotherNodeSeesWhatIsNotFlushed() throws IOException {
        BlockDevice one = n1.open(Cluster.DISK);
        BlockDevice two = n2.open(Cluster.DISK);
        one.write(bytes(1, 100), 0);
        assertThat(read(two, 50)).isEqualTo(1);
        two.write(bytes(2, 10), 50);
        assertThat(read(one, 49)).isEqualTo(1);
        assertThat(read(one, 50)).isEqualTo(2);
    }

    /** N2 overwrites all of what N1 has dirty, and is lost: what N1 had completed is not. */
    @Test
    void r15_dirtyDataIsWrittenBeforeExclusivityPasses() throws IOException {
        n1.open(Cluster.DISK).write(bytes(1, 4096), 0);
        n2.open(Cluster.DISK).write(bytes(2, 4096), 0);
        assertThat(read(device, 0)).isEqualTo(1);
        cluster.kill(n2);
        assertThat(read(n1.open(Cluster.DISK), 0)).isEqualTo(1);
    }

    /** Two nodes write halves of one block. */
    @Test
    void r15_leasesAreAlignedToBlocks() throws IOException {
        BlockDevice one = n1.open(Cluster.DISK);
        BlockDevice two = n2.open(Cluster.DISK);
        one.write(bytes(1, 256), 0);
        two.write(bytes(2, 256), 256);
        one.force();
        two.force();
        assertThat(read(device, 0)).isEqualTo(1);
        assertThat(read(device, 256)).isEqualTo(2);
    }

    @Test
    void whatFailedToBeWrittenStaysDirtyAndFailsTheForce() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        open.write(bytes(3, 100), 0);
        device.failing = true;
        assertThatThrownBy(open::force).hasMessageContaining("broken");
        assertThatThrownBy(open::force).hasMessageContaining("broken");
        assertThat(read(open, 0)).isEqualTo(3);
        device.failing = false;
        open.force();
        assertThat(read(device, 0)).isEqualTo(3);
    }

    @Test
    void aRecallThatCannotWriteOutFailsTheRequestAndLosesNothing() throws IOException {
        BlockDevice one = n1.open(Cluster.DISK);
        BlockDevice two = n2.open(Cluster.DISK);
        one.write(bytes(3, 100), 0);
        device.failing = true;
        assertThatThrownBy(() -> read(two, 0)).hasMessageContaining("broken");
        assertThat(read(one, 0)).isEqualTo(3);
        device.failing = false;
        assertThat(read(two, 0)).isEqualTo(3);
    }

    @Test
    void writersWaitForRoomAndTheMemoryIsBounded() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        for (int i = 0; i < 4000; i++) {
            open.write(bytes(1 + i % 100, 4096), (i * 37L % 4000) * 4096);
            assertThat(n1.statistics().cachedBytes()).isLessThanOrEqualTo(2 * MIB);
        }
        for (int i = 0; i < 4000; i++) {
            assertThat(read(open, (i * 37L % 4000) * 4096)).isEqualTo(1 + i % 100);
        }
    }

    @Test
    void whoWaitsForRoomLearnsThatTheDiskIsBroken() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        device.failing = true;
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 4000; i++) {
                        open.write(bytes(1, 4096), i * 4096L);
                    }
                })
                .hasMessageContaining("full")
                .hasMessageContaining("broken");
        device.failing = false;
        open.force();
        assertThat(read(device, 0)).isEqualTo(1);
    }

    @Test
    void whatIsDirtyIsWrittenOutAfterAWhile() throws IOException {
        n1.open(Cluster.DISK).write(bytes(9, 10), 0);
        await().atMost(20, TimeUnit.SECONDS).until(() -> read(device, 0) == 9);
        assertThat(n1.statistics().dirtyBytes()).isZero();
    }

    @Test
    void longWritesGoPastTheCache() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        open.write(bytes(1, 100), 4096 + 10);
        open.write(bytes(2, 3 * MIB), 100);
        assertThat(read(device, 2 * MIB)).isEqualTo(2);
        assertThat(read(open, 4096 + 10)).isEqualTo(2);
        assertThat(n1.statistics().dirtyBytes()).isLessThan(3 * 4096);
        open.force();
        assertThat(read(device, 100)).isEqualTo(2);
        assertThat(read(device, 100 + 3 * MIB - 1)).isEqualTo(2);
    }

    @Test
    void aLongWriteThatFailsKeepsWhatWasDirty() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        open.write(bytes(1, 4096), MIB);
        device.failing = true;
        assertThatThrownBy(() -> open.write(bytes(2, 3 * MIB), 0)).hasMessageContaining("broken");
        device.failing = false;
        assertThat(read(open, MIB)).isEqualTo(1);
        open.force();
        assertThat(read(device, MIB)).isEqualTo(1);
    }

    @Test
    void zerosReplaceWhatIsCached() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        open.write(bytes(1, MIB), 0);
        open.zero(10, MIB - 20);
        assertThat(read(open, 9)).isEqualTo(1);
        assertThat(read(open, 10)).isZero();
        assertThat(read(open, MIB - 11)).isZero();
        assertThat(read(open, MIB - 10)).isEqualTo(1);
    }

    /** A message per million writes would be one too many. */
    @Test
    void anUndisturbedWriterSendsNoMessages() throws IOException {
        BlockDevice open = n1.open(Cluster.DISK);
        ByteBuffer block = bytes(1, 512);
        open.write(block.rewind(), 0);
        long before = cluster.control.requests.get();
        for (int i = 0; i < 1_000_000; i++) {
            open.write(block.rewind(), (i % 2000) * 512L);
        }
        assertThat(cluster.control.requests.get() - before).isZero();
        NodeStatistics statistics = n1.statistics();
        assertThat(statistics.requests()).isEqualTo(1);
        assertThat(statistics.bytesWritten()).isEqualTo(512L * 1_000_001);
    }

    /** What is in the cache and on the disk may be read by all. */
    @Test
    void aReaderDoesNotCallBackPageByPageWhatIsWrittenOut() throws IOException {
        BlockDevice one = n1.open(Cluster.DISK);
        for (int i = 0; i < 64; i++) {
            one.write(bytes(i + 1, 100), i * 16_384L);
        }
        one.force();
        BlockDevice two = n2.open(Cluster.DISK);
        for (int i = 0; i < 64; i++) {
            assertThat(read(two, i * 16_384L)).isEqualTo(i + 1);
            assertThat(read(one, i * 16_384L)).isEqualTo(i + 1);
        }
        assertThat(cluster.control.recalls.get()).isEqualTo(1);
        one.write(bytes(99, 100), 16_384);
        assertThat(read(two, 16_384)).isEqualTo(99);
    }

    /** What the node was just writing may or may not be there; nothing comes after. */
    @Test
    void r16_aNodeThatIsKilledInTheMidstOfWritingOutWritesNoMore() throws Exception {
        BlockDevice open = n1.open(Cluster.DISK);
        for (int i = 0; i < 8; i++) {
            open.write(bytes(1, 4096), i * 2L * MIB);
        }
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        device.beforeWrite = () -> {
            writing.countDown();
            awaitUninterruptibly(goOn);
        };
        FutureTask<Void> force = begin(open::force);
        writing.await();
        FutureTask<Void> kill = begin(() -> cluster.kill(n1));
        FutureTask<Void> other = begin(() -> n2.open(Cluster.DISK).write(bytes(2, 4096), 0));
        await().until(() -> cluster.node("n1") == null);
        assertThat(other.isDone())
                .as("leases pass only when no write is in flight")
                .isFalse();
        device.beforeWrite = () -> {};
        goOn.countDown();
        kill.get();
        other.get();
        assertThatThrownBy(force::get).hasCauseInstanceOf(IOException.class);
        assertThat(read(n2.open(Cluster.DISK), 0)).isEqualTo(2);
        assertThat(read(device, 14L * MIB)).isZero();
        assertThatThrownBy(() -> open.write(bytes(3, 1), 0)).isInstanceOf(NodeGoneException.class);
        assertThatThrownBy(open::force).isInstanceOf(NodeGoneException.class);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void forceDuringARecallSeesAllOnTheDisk() throws Exception {
        BlockDevice one = n1.open(Cluster.DISK);
        BlockDevice two = n2.open(Cluster.DISK);
        for (int i = 1; i <= 50; i++) {
            int value = i;
            one.write(bytes(value, 4096), 0);
            FutureTask<Void> recall = begin(() -> two.write(bytes(value, 1), 4095));
            one.force();
            assertThat(read(device, 0)).isEqualTo(value);
            recall.get();
        }
    }

    @Test
    void aHoleWithDirtyDataIsNoHole() throws IOException {
        BlockDevice one = n1.open(Cluster.DISK);
        one.write(bytes(1, 1), 3 * MIB);
        assertThat(n2.open(Cluster.DISK).nextData(0)).isLessThanOrEqualTo(3L * MIB);
    }

    @Test
    void offsetsBeyondTwoGigabytes() throws IOException {
        TestDevice large = new TestDevice(1L << 43, 65536);
        try (Cluster other = new Cluster(large, MIB)) {
            BlockDevice open = other.start("n1").open(Cluster.DISK);
            BlockDevice second = other.start("n2").open(Cluster.DISK);
            long offset = (1L << 42) + 12345;
            open.write(bytes(8, 100_000), offset);
            assertThat(read(second, offset + 99_999)).isEqualTo(8);
            assertThat(read(second, offset + 100_000)).isZero();
        }
    }

    /** What it writes would stay in the cache for ever, and its end would be told to nobody. */
    @Test
    void theLastHandleClosesTheDiskWhenItsLastOperationIsDone() throws Exception {
        BlockDevice open = n1.open(Cluster.DISK);
        n1.disk(Cluster.DISK).calls().hold(Duration.ofMinutes(1));
        FutureTask<Void> write = new FutureTask<>(() -> {
            open.write(bytes(1, 10), 0);
            return null;
        });
        Thread guest = new Thread(write, "guest");
        guest.start();
        await().until(() -> guest.getState() == Thread.State.TIMED_WAITING);
        open.close();
        assertThatThrownBy(() -> open.write(bytes(1, 10), 0)).isInstanceOf(ClosedChannelException.class);
        n1.disk(Cluster.DISK).calls().release();
        write.get();
        assertThat(read(device, 0)).isEqualTo(1);
        assertThat(n1.statistics().cachedBytes()).isZero();
    }

    @Test
    void theLastHandleMakesAllDurable() throws IOException {
        try (BlockDevice open = n1.open(Cluster.DISK)) {
            open.write(bytes(1, 1), 0);
        }
        assertThat(read(device, 0)).isEqualTo(1);
        assertThat(device.forces).isPositive();
        assertThat(cluster.control.table(null)).isEmpty();
    }
}
