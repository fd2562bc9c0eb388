package org.hikae.node.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.shared.FileSystemFullException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Open files of two nodes. */
class ChannelTest {

    private static final int THREADS = 8;

    private final MemoryFiles disk = new MemoryFiles();
    private final NodeFileSystemProvider provider = new NodeFileSystemProvider();
    private final FileSystem one = provider.open(new MemoryVolume("n1", "d", disk));
    private final FileSystem other = provider.open(new MemoryVolume("n2", "d", disk));
    private final Path file = one.getPath("/file");
    private final Path same = other.getPath("/file");

    @BeforeEach
    void makeFile() throws IOException {
        Files.writeString(file, "0123456789");
    }

    private static FileChannel writing(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Test
    void nodesSeeTheSameFile() throws IOException {
        assertThat(Files.readString(same)).isEqualTo("0123456789");
        assertThat(Files.isSameFile(file, same)).isTrue();
        assertThat(file).isNotEqualTo(same);
        Files.move(file, other.getPath("/moved"));
        Files.copy(other.getPath("/moved"), file);
        assertThat(Files.isSameFile(file, other.getPath("/moved"))).isFalse();
    }

    @Test
    void locksThatOverlapAreAMistakeWithinANode() throws IOException {
        try (FileChannel first = writing(file);
                FileChannel second = writing(file)) {
            FileLock lock = first.lock(0, 10, true);
            assertThatThrownBy(() -> second.tryLock(9, 1, true)).isInstanceOf(OverlappingFileLockException.class);
            assertThat(second.tryLock(10, 1, false)).isNotNull();
            lock.release();
            assertThat(lock.isValid()).isFalse();
            assertThat(second.tryLock(0, 10, false)).isNotNull();
        }
    }

    @Test
    void lockOfAnotherNodeIsWaitedFor() throws IOException {
        try (FileChannel first = writing(file);
                FileChannel second = writing(same)) {
            FileLock lock = first.lock();
            assertThat(second.tryLock()).isNull();
            CompletableFuture<FileLock> waiting = CompletableFuture.supplyAsync(() -> locked(second));
            await().until(() -> isWaitedFor(second));
            lock.release();
            assertThat(waiting.join().isValid()).isTrue();
            assertThat(first.tryLock()).isNull();
        }
        try (FileChannel third = writing(file)) {
            assertThat(third.tryLock()).isNotNull();
        }
    }

    /** Who waits has the part already, as far as its own node is concerned. */
    private static boolean isWaitedFor(FileChannel waiting) throws IOException {
        try (FileLock none = waiting.tryLock(0, 1, false)) {
            assertThat(none).isNull();
            return false;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static FileLock locked(FileChannel channel) {
        try {
            return channel.lock();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void sharedLocksOfNodesGoTogether() throws IOException {
        try (FileChannel first = writing(file);
                FileChannel second = writing(same)) {
            assertThat(first.tryLock(0, 10, true)).isNotNull();
            assertThat(second.tryLock(5, 10, true)).isNotNull();
            assertThat(second.tryLock(0, 5, false)).isNull();
        }
    }

    @Test
    void whoWaitsForALockHearsThatTheChannelWasClosed() throws IOException {
        try (FileChannel first = writing(file);
                FileChannel second = writing(same)) {
            first.lock();
            CompletableFuture<FileLock> waiting = CompletableFuture.supplyAsync(() -> locked(second));
            await().until(() -> isWaitedFor(second));
            second.close();
            assertThatThrownBy(waiting::join).hasCauseInstanceOf(AsynchronousCloseException.class);
        }
    }

    @Test
    void locksOfALostNodeAreNobodys() throws IOException {
        try (FileChannel first = writing(file);
                FileChannel second = writing(same)) {
            first.lock();
            provider.releaseLocks("n1");
            assertThat(second.tryLock()).isNotNull();
        }
    }

    @Test
    void onlyOneMakesAFile() {
        AtomicInteger made = new AtomicInteger();
        together(i -> {
            try {
                Files.createFile((i % 2 == 0 ? one : other).getPath("/new"));
                made.incrementAndGet();
            } catch (FileAlreadyExistsException e) {
                assertThat(e.getFile()).isEqualTo("/new");
            }
        });
        assertThat(made).hasValue(1);
    }

    @Test
    void whatIsAppendedStaysInOnePiece() throws IOException {
        together(i -> {
            try (FileChannel log = FileChannel.open((i % 2 == 0 ? file : same), StandardOpenOption.APPEND)) {
                for (int line = 0; line < 50; line++) {
                    log.write(new ByteBuffer[] {UTF_8.encode("<" + i), UTF_8.encode(":" + i + ">")});
                }
            }
        });
        assertThat(Files.readString(file)).matches("0123456789(<(\\d):\\2>){400}");
    }

    /** Does something in several threads at once. */
    private static void together(Part part) {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            all.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            start.await();
                            part.run(number);
                        } catch (Exception e) {
                            throw new CompletionException(e);
                        }
                    },
                    command -> new Thread(command).start()));
        }
        all.forEach(CompletableFuture::join);
    }

    /** What one of several threads does. */
    private interface Part {
        void run(int number) throws Exception;
    }

    @Test
    void fullDiskIsToldWithThePath() throws IOException {
        disk.room = disk.used + 2;
        try (FileChannel channel = writing(file)) {
            channel.position(4096);
            ByteBuffer much = ByteBuffer.allocate(3 * 4096);
            assertThatThrownBy(() -> channel.write(much))
                    .isInstanceOf(FileSystemFullException.class)
                    .hasMessage("/file: no block is free");
            assertThat(channel.position()).isEqualTo(3 * 4096).isEqualTo(4096 + much.position());
        }
        disk.room = 0;
        assertThatThrownBy(() -> Files.createDirectory(one.getPath("/more")))
                .isInstanceOf(FileSystemFullException.class)
                .hasMessage("/more: no room for one more file");
        assertThat(Files.getFileStore(file).getUsableSpace()).isNotPositive();
        Files.delete(file);
    }

    @Test
    void syncedWritesAreForced() throws IOException {
        int before = disk.commits;
        Files.write(file, new byte[1], StandardOpenOption.DSYNC);
        assertThat(disk.commits).isEqualTo(before + 1);
    }

    @Test
    void fileThatIsGoneStaysForWhoHasItOpen() throws IOException {
        int before = disk.count();
        try (FileChannel channel = FileChannel.open(
                one.getPath("/scratch"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            channel.write(UTF_8.encode("abc"));
            assertThat(Files.exists(one.getPath("/scratch"))).isFalse();
            ByteBuffer read = ByteBuffer.allocate(10);
            assertThat(channel.read(read, 0)).isEqualTo(3);
            assertThat(disk.count()).isEqualTo(before + 1);
        }
        assertThat(disk.count()).isEqualTo(before);
    }

    @Test
    void interruptClosesTheChannel() throws IOException {
        FileChannel channel = writing(file);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel.isOpen()).isFalse();
        assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void mappingIsRefusedByName() throws IOException {
        try (FileChannel channel = writing(file)) {
            assertThatThrownBy(() -> channel.map(MapMode.READ_ONLY, 0, 1))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("/file cannot be mapped");
        }
    }

    @Test
    void endOfTheFileSystemIsTheEndOfAllOfIt() throws IOException {
        FileChannel channel = writing(file);
        one.close();
        one.close();
        assertThat(channel.isOpen()).isFalse();
        assertThat(one.isOpen()).isFalse();
        assertThatThrownBy(() -> Files.size(file)).isInstanceOf(ClosedFileSystemException.class);
        assertThatThrownBy(() -> Files.newDirectoryStream(one.getPath("/")))
                .isInstanceOf(ClosedFileSystemException.class);
        assertThat(Files.size(same)).isEqualTo(10);
    }
}
