package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.node.NodeGoneException;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.node.testing.Deadline;
import org.hikae.node.testing.TestDevice;
import org.hikae.node.volume.FileContent;
import org.hikae.node.volume.NodeVolume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the write cache of a node promises for files. */
class FileCacheTest {

    private static final int BLOCK = 4096;

    private final TestDevice device = new TestDevice(4 << 20, 512);
    private final Cluster cluster = new Cluster(device, 1 << 20);
    private final long inode = cluster.files.create();
    private NodeVolume one;
    private NodeVolume two;

    @BeforeEach
    void open() throws IOException {
        one = cluster.start("n1").openVolume(Cluster.DISK);
        two = cluster.start("n2").openVolume(Cluster.DISK);
    }

    @AfterEach
    void end() {
        device.failing = false;
        cluster.close();
    }

    private static ByteBuffer bytes(int value, int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) value);
        return ByteBuffer.wrap(content);
    }

    private static int read(FileContent content, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1);
        return content.read(buffer, offset) < 0 ? -1 : buffer.get(0);
    }

    /** Temporary files that live shorter than the cache waits are never written. */
    @Test
    void aFileThatIsGoneIsNotWrittenOut() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(1, 100 * BLOCK), 0);
        one.mutate(files -> {
            cluster.files.unlink(inode);
            return null;
        });
        content.close();
        one.close();
        cluster.node("n1").flush();
        assertThat(cluster.files.exists(inode)).isFalse();
        assertThat(cluster.files.promised()).isZero();
    }

    /** Two backups have all written out at the same time; the file was deleted after the first of them had looked. */
    @Test
    void aFileIsNotGoneAsLongAsItIsBeingWrittenOut() throws Exception {
        FileContent content = one.open(inode);
        content.write(bytes(1, 10 * BLOCK), 0);
        content.close();
        FutureTask<Void> other = new FutureTask<>(() -> {
            cluster.node("n1").flush();
            return null;
        });
        Thread second = Deadline.daemon(other, "second");
        AtomicBoolean there = new AtomicBoolean();
        device.beforeWrite = () -> {
            device.beforeWrite = () -> {};
            unlink();
            second.start();
            await().until(() -> other.isDone()
                    || second.getState() == Thread.State.BLOCKED
                    || second.getState() == Thread.State.WAITING);
            there.set(cluster.files.exists(inode));
        };
        cluster.node("n1").flush();
        other.get(20, TimeUnit.SECONDS);
        assertThat(there).isTrue();
        assertThat(cluster.files.exists(inode)).isFalse();
        assertThat(cluster.files.promised()).isZero();
    }

    private void unlink() {
        try {
            cluster.files.unlink(inode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its blocks would be given to another file, and what is written out late would destroy that. */
    @Test
    void aFileWithDirtyPagesStaysOpen() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(1, BLOCK), 0);
        content.force(false);
        content.write(bytes(2, BLOCK), 0);
        content.close();
        cluster.files.unlink(inode);
        assertThat(cluster.files.exists(inode)).isTrue();
        one.force();
        assertThat(cluster.files.exists(inode)).isFalse();
    }

    @Test
    void theSizeOfAnotherNodesFileIsSeen() throws IOException {
        one.open(inode).write(bytes(1, 10), 5000);
        assertThat(cluster.files.size(inode)).isZero();
        assertThat(two.attributes(inode).size()).isEqualTo(5010);
        assertThat(two.open(inode).size()).isEqualTo(5010);
    }

    @Test
    void aTimeThatWasSetByHandStays() throws IOException {
        Instant then = Instant.parse("2001-02-03T04:05:06.789Z");
        FileContent content = one.open(inode);
        content.write(bytes(1, 3 * BLOCK), 0);
        one.change(inode, AttributeChange.times(then, null, null));
        content.close();
        one.force();
        assertThat(one.attributes(inode).modified()).isEqualTo(then);
        two.open(inode).write(bytes(1, 1), 0);
        assertThat(two.attributes(inode).modified()).isAfter(then);
        two.change(inode, AttributeChange.times(then, null, null));
        assertThat(one.attributes(inode).modified()).isEqualTo(then);
    }

    /** What fits into a cache may not fit onto the disk: whoever writes learns it, not who flushes. */
    @Test
    void aFullFileSystemIsToldToWriters() throws IOException {
        FileContent content = one.open(inode);
        assertThatThrownBy(() -> content.write(bytes(1, 5 << 20), 0)).isInstanceOf(FileSystemFullException.class);
        FileContent small = one.open(cluster.files.create());
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2000; i++) {
                        small.write(bytes(1, 1), i * (long) BLOCK);
                    }
                })
                .isInstanceOf(FileSystemFullException.class);
        one.force();
        content.resize(0);
        small.resize(0);
        small.write(bytes(1, 100 * BLOCK), 0);
        small.force(false);
    }

    @Test
    void r17_blocksThatCouldNotBeWrittenBecomePartOfTheFileLater() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(1, 10 * BLOCK), 0);
        device.failing = true;
        assertThatThrownBy(() -> content.force(false)).hasMessageContaining("broken");
        assertThat(cluster.files.size(inode)).isZero();
        device.failing = false;
        content.force(false);
        assertThat(cluster.files.content(device, inode))
                .isEqualTo(bytes(1, 10 * BLOCK).array());
        assertThat(cluster.files.reserved()).isZero();
        assertThat(cluster.files.promised()).isZero();
    }

    /** Cut, and made longer at once: what was cut off must not come back when the node is lost. */
    @Test
    void r17_zerosAtTheOldEndAreOnTheDiskBeforeTheSize() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(1, BLOCK), 0);
        content.force(false);
        content.resize(50);
        content.resize(3 * BLOCK);
        cluster.kill(cluster.node("n1"));
        assertThat(read(two.open(inode), 49)).isEqualTo(1);
        assertThat(read(two.open(inode), 50)).isZero();
    }

    /** A program may look at what was written of a buffer, and go on from there. */
    @Test
    void ofALongWriteThatFailsOnlyWhatThePositionHasPassedIsPartOfTheFile() throws IOException {
        FileContent content = one.open(inode);
        ByteBuffer src = bytes(1, 2 << 20);
        device.failing = true;
        assertThatThrownBy(() -> content.write(src, 100)).hasMessageContaining("broken");
        device.failing = false;
        long size = content.size();
        assertThat(size).isEqualTo(100 + src.position());
        assertThat(read(content, size - 1)).isEqualTo(1);
        content.write(src, size);
        content.force(false);
        assertThat(read(two.open(inode), 100 + (2 << 20) - 1)).isEqualTo(1);
        assertThat(cluster.files.promised()).isZero();
        assertThat(cluster.files.reserved()).isZero();
    }

    @Test
    void aLongWriteMakesTheFileLonger() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(1, 1 << 20), 0);
        content.append(bytes(2, 1 << 20));
        content.write(bytes(3, 1 << 20), 3 << 20);
        assertThat(content.size()).isEqualTo(4 << 20);
        FileContent other = two.open(inode);
        assertThat(other.size()).isEqualTo(4 << 20);
        assertThat(read(other, (1 << 20) - 1)).isEqualTo(1);
        assertThat(read(other, (2 << 20) - 1)).isEqualTo(2);
        assertThat(read(other, (3 << 20) - 1)).isZero();
        assertThat(read(other, (4 << 20) - 1)).isEqualTo(3);
    }

    /** Else it would be seen once the node is lost. */
    @Test
    void r17_whatWasCutOffIsGoneBeforeALongWriteMakesTheFileLonger() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(7, BLOCK), 0);
        content.force(false);
        content.resize(100);
        content.write(bytes(1, 1), 3 * BLOCK + 5);
        content.write(bytes(2, 1 << 20), 8 * BLOCK);
        cluster.kill(cluster.node("n1"));
        FileContent other = two.open(inode);
        assertThat(other.size()).isEqualTo(8 * BLOCK + (1 << 20));
        assertThat(read(other, 99)).isEqualTo(7);
        assertThat(read(other, 100)).isZero();
    }

    @Test
    void appendsOfAllNodesComeOneAfterTheOther() throws Exception {
        int each = 200;
        FutureTask<?>[] tasks = IntStream.range(0, 4)
                .mapToObj(i -> new FutureTask<Void>(() -> {
                    FileContent content = (i % 2 == 0 ? one : two).open(inode);
                    for (int n = 0; n < each; n++) {
                        ByteBuffer record = ByteBuffer.allocate(24).putLong(i).putLong(n);
                        long at = content.append(record.rewind());
                        assertThat(at % 24).isZero();
                    }
                    return null;
                }))
                .toArray(FutureTask<?>[]::new);
        for (FutureTask<?> task : tasks) {
            new Thread(task, "guest").start();
        }
        for (FutureTask<?> task : tasks) {
            task.get();
        }
        ByteBuffer all = ByteBuffer.allocate(4 * each * 24 + 1);
        assertThat(two.open(inode).read(all, 0)).isEqualTo(4 * each * 24);
        long[] next = new long[4];
        for (all.flip(); all.hasRemaining(); all.getLong()) {
            int who = (int) all.getLong();
            assertThat(all.getLong()).isEqualTo(next[who]++);
        }
    }

    @Test
    void sparseFilesBeyondTwoGigabytes() throws IOException {
        FileContent content = one.open(inode);
        long far = (1L << 45) + 77;
        content.write(bytes(5, 100), far);
        assertThat(two.open(inode).size()).isEqualTo(far + 100);
        assertThat(read(two.open(inode), far - 1)).isZero();
        assertThat(read(two.open(inode), far + 99)).isEqualTo(5);
        assertThat(read(content, far + (1L << 32))).isEqualTo(-1);
        content.resize(1L << 50);
        assertThat(read(content, (1L << 50) - 1)).isZero();
        assertThat(read(content, 1L << 50)).isEqualTo(-1);
    }

    @Test
    void aDiskIsEitherWrittenAsAWholeOrAsAFileSystem() throws IOException {
        LocalNode n1 = cluster.node("n1");
        assertThatThrownBy(() -> n1.open(Cluster.DISK)).hasMessageContaining("files of disk");
        assertThatThrownBy(() -> cluster.start("n3").open(Cluster.DISK)).hasMessageContaining("file system");
        one.close();
        two.close();
        try (BlockDevice open = n1.open(Cluster.DISK)) {
            assertThatThrownBy(() -> cluster.node("n2").openVolume(Cluster.DISK))
                    .hasMessageContaining("as a whole");
        }
        cluster.node("n2").openVolume(Cluster.DISK).close();
    }

    /** Nobody uses the files, but somebody may look after the disk, or its troubles pass. */
    @Test
    void whatCannotBeWrittenOutIsNotThrownAwayWhenADiskIsLetGo() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(1, 10), 0);
        content.close();
        one.close();
        device.failing = true;
        LocalNode n1 = cluster.node("n1");
        assertThatThrownBy(() -> n1.disk(Cluster.DISK).letGo()).hasMessageContaining("broken");
        device.failing = false;
        assertThat(read(n1.openVolume(Cluster.DISK).open(inode), 9)).isEqualTo(1);
        assertThat(read(two.open(inode), 9)).isEqualTo(1);
    }

    /** Only a door that is opened anew can tell again what is durable. */
    @Test
    void aDiskWhoseForceFailedCanBeLetGo() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(1, 10), 0);
        content.close();
        one.close();
        device.forceFails = true;
        LocalNode n1 = cluster.node("n1");
        assertThatThrownBy(() -> n1.disk(Cluster.DISK).letGo()).hasMessageContaining("lost something");
        device.forceFails = false;
        NodeVolume again = n1.openVolume(Cluster.DISK);
        FileContent content2 = again.open(inode);
        content2.write(bytes(2, 10), 0);
        content2.force(false);
        assertThat(read(two.open(inode), 9)).isEqualTo(2);
    }

    /** A channel may be closed by another thread than the one that writes to it. */
    @Test
    void aFileIsOpenAsLongAsSomethingIsBeingWrittenToIt() throws Exception {
        FileContent content = one.open(inode);
        LocalNode n1 = cluster.node("n1");
        n1.disk(Cluster.DISK).calls().hold(Duration.ofMinutes(1));
        FutureTask<Void> write = new FutureTask<>(() -> {
            content.write(bytes(1, 10), 0);
            return null;
        });
        Thread guest = new Thread(write, "guest");
        guest.start();
        await().until(() -> guest.getState() == Thread.State.TIMED_WAITING);
        content.close();
        assertThatThrownBy(content::size).isInstanceOf(ClosedChannelException.class);
        n1.disk(Cluster.DISK).calls().release();
        write.get();
        cluster.files.unlink(inode);
        assertThat(cluster.files.exists(inode)).isTrue();
        one.force();
        assertThat(cluster.files.exists(inode)).isFalse();
    }

    /** It writes out the page in which the file ended, for what follows there: another may just be changing that page. */
    @Test
    void aLongWriteLeavesDirtyWhatIsChangedMeanwhile() throws Exception {
        FileContent content = one.open(inode);
        content.write(bytes(1, 100), 0);
        content.force(false);
        content.write(bytes(1, 1), 100 * BLOCK);
        FutureTask<Void> other = new FutureTask<>(() -> {
            content.write(bytes(2, 10), 50);
            return null;
        });
        Thread guest = Deadline.daemon(other, "guest");
        device.beforeWrite = () -> {
            device.beforeWrite = () -> {};
            guest.start();
            await().until(() -> other.isDone() || guest.getState() == Thread.State.WAITING);
        };
        content.write(bytes(3, 50 * BLOCK), 2 * BLOCK);
        other.get();
        content.force(false);
        assertThat(cluster.files.content(device, inode)[50]).isEqualTo((byte) 2);
    }

    @Test
    void nothingWorksAfterTheEnd() throws IOException {
        FileContent content = one.open(inode);
        content.write(bytes(1, 10), 0);
        cluster.kill(cluster.node("n1"));
        assertThatThrownBy(() -> content.write(bytes(1, 10), 0)).isInstanceOf(NodeGoneException.class);
        assertThatThrownBy(() -> content.force(false)).isInstanceOf(NodeGoneException.class);
        assertThatThrownBy(() -> one.mutate(files -> null)).isInstanceOf(NodeGoneException.class);
        assertThatThrownBy(() -> one.attributes(inode)).isInstanceOf(NodeGoneException.class);
        content.close();
        two.close();
        assertThatThrownBy(() -> two.open(inode)).isInstanceOf(ClosedChannelException.class);
        assertThat(cluster.files.promised()).isZero();
    }
}
