package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.LogReplay;
import org.hikae.io.FileDevice;
import org.hikae.media.replay.Replay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** a.7: the files of a log alone suffice to lay the before-images back over an image. */
class LogReplayTest {

    @TempDir
    Path folder;

    private final Replay replay = new Replay();

    @AfterEach
    void close() {
        replay.close();
    }

    private LogReplay.Replayed lay(List<Path> log, Path image) throws IOException {
        return replay.replay(log, image, Progress.NONE);
    }

    private Path image(byte[] content) throws IOException {
        return Files.write(folder.resolve("image"), content);
    }

    @ParameterizedTest
    @CsvSource({
        "512, 300099, 1, 20000",
        "4096, 8192000, 2, 1000000",
        "4096, 8193001, 3, 1000000000",
        "65536, 9000001, 4, 1"
    })
    void layTheLogOverADisk(int blockSize, int size, long seed, long objectBytes) throws IOException {
        TestBackup disk = new TestBackup(seed, blockSize, size);
        Random random = new Random(seed);
        BlockSet logged = disk.randomSet().union(BlockSet.range(disk.blockCount() - 1, 1));
        List<Path> log = new ReplayedLog(folder, size, blockSize).make("log", objectBytes, sink -> {
            List<BlockRun> records = cut(logged, (1 << 20) / blockSize, random);
            for (int i = 0; i < records.size(); i++) {
                BlockRun record = records.get(i);
                new ReplayedLog(folder, size, blockSize)
                        .put(sink, 5 + 2 * i, record.first(), record.count(), disk.image);
            }
        });
        Collections.shuffle(log, random);
        byte[] expected = new byte[size];
        Arrays.fill(expected, (byte) 0x55);
        Path image = image(expected);
        long bytes = 0;
        for (BlockRun run : logged) {
            int from = (int) run.first() * blockSize;
            int length = (int) Math.min(run.count() * blockSize, size - from);
            System.arraycopy(disk.image, from, expected, from, length);
            bytes += length;
        }

        for (int again = 0; again < 2; again++) {
            LogReplay.Replayed replayed = lay(log, image);
            assertThat(replayed.bytes()).isEqualTo(bytes);
            assertThat(replayed.generation()).isEqualTo(1);
            assertThat(replayed.diskId()).isEqualTo(ReplayedLog.DISK);
            assertThat(replayed.endKnown()).isTrue();
            assertThat(Arrays.equals(Files.readAllBytes(image), expected)).isTrue();
        }
    }

    /** The runs in pieces, in no order, as writers come. */
    private static List<BlockRun> cut(BlockSet set, int most, Random random) {
        List<BlockRun> records = new ArrayList<>();
        for (BlockRun run : set) {
            for (long first = run.first(); first < run.end(); ) {
                long count = Math.min(run.end() - first, 1 + random.nextInt(random.nextInt(5) == 0 ? most : 4));
                count = Math.min(count, most);
                records.add(new BlockRun(first, count));
                first += count;
            }
        }
        Collections.shuffle(records, random);
        return records;
    }

    @Test
    void recordsAreCounted() throws IOException {
        ThreePartLog small = new ThreePartLog(folder, "log", 0);
        LogReplay.Replayed replayed = lay(small.log, image(small.fuzzy));
        assertThat(replayed.records()).isEqualTo(ThreePartLog.RECORDS);
        assertThat(folder.resolve("image")).hasBinaryContent(small.expected);
    }

    @Test
    void beyondTwoAndFourGiB() throws IOException {
        long size = (5L << 30) + 77;
        byte[] block = new byte[4096];
        Arrays.fill(block, (byte) 'b');
        long last = size / 4096;
        long far = (9L << 29) / 4096;
        // Zeros of more bytes than an int has, so in one run of the image.
        List<Path> log = new ReplayedLog(folder, size, 4096).make("log", 1 << 30, sink -> {
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            sink.put(1, new BlockRun(last, 1), ByteBuffer.wrap(block));
            for (int i = 0; i < 2100; i++) {
                sink.put(2 + i, new BlockRun(i * 256L, 256), zeros.clear());
            }
            sink.put(9999, new BlockRun(far, 1), ByteBuffer.wrap(block));
        });
        Path image = folder.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
            file.seek(2099L << 20);
            file.write(block);
            file.seek(2100L << 20);
            file.write(block);
        }

        LogReplay.Replayed replayed = lay(log, image);

        assertThat(replayed.bytes()).isEqualTo((2100L << 20) + 4096 + 77);
        assertThat(Files.size(image)).isEqualTo(size);
        try (FileDevice device = FileDevice.open(image, 4096, FileDevice.Mode.READ)) {
            // What zeros are laid over is a hole, where holes can be told from zeros.
            assertThat(device.nextData(0)).isIn(0L, 2100L << 20);
            assertThat(read(device, 2099L << 20, 4096)).containsOnly(0);
            assertThat(read(device, 2100L << 20, 4096)).isEqualTo(block);
            assertThat(read(device, far * 4096, 4096)).isEqualTo(block);
            assertThat(read(device, last * 4096, 77)).containsOnly('b');
        }
    }

    private static byte[] read(FileDevice device, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        device.read(ByteBuffer.wrap(bytes), offset);
        return bytes;
    }

    @Nested
    class WhatIsNotALogIsTold {

        private ThreePartLog small;
        private Path image;

        @BeforeEach
        void make() throws IOException {
            small = new ThreePartLog(folder, "log", 0);
            image = image(small.fuzzy);
        }

        private void refused(List<Path> log, String... told) throws IOException {
            assertThatThrownBy(() -> lay(log, image))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(told);
            assertThat(image).hasBinaryContent(small.fuzzy);
        }

        @Test
        void everyBit() throws IOException {
            for (Path part : small.log) {
                byte[] bytes = Files.readAllBytes(part);
                try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
                    for (int bit = 0; bit < 8 * bytes.length; bit++) {
                        file.seek(bit / 8);
                        file.write(bytes[bit / 8] ^ 1 << bit % 8);
                        assertThatThrownBy(() -> lay(small.log, image))
                                .as("bit %s of %s", bit, part)
                                .isInstanceOf(IOException.class)
                                .hasMessageContaining(part.toString());
                        file.seek(bit / 8);
                        file.write(bytes[bit / 8]);
                    }
                }
            }
            assertThat(image).hasBinaryContent(small.fuzzy);
            lay(small.log, image);
        }

        @Test
        void everyTruncation() throws IOException {
            for (Path part : small.log) {
                byte[] bytes = Files.readAllBytes(part);
                for (int length = 0; length < bytes.length; length++) {
                    Files.write(part, Arrays.copyOf(bytes, length));
                    assertThatThrownBy(() -> lay(small.log, image))
                            .as("%s bytes of %s", length, part)
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("log");
                }
                Files.write(part, bytes);
            }
            assertThat(image).hasBinaryContent(small.fuzzy);
            lay(small.log, image);
        }

        @Test
        void somethingAfterTheEnd() throws IOException {
            Path last = small.log.get(2);
            byte[] bytes = Files.readAllBytes(last);
            byte[] longer = Arrays.copyOf(bytes, 2 * bytes.length - 64);
            System.arraycopy(bytes, 64, longer, bytes.length, bytes.length - 64);
            Files.write(last, longer);
            refused(small.log, last.toString(), "it follows the last one");
        }

        @Test
        void aPartIsMissing() throws IOException {
            refused(small.log.subList(1, 3), "part 0", "is missing", "at least 3");
            refused(List.of(small.log.get(0), small.log.get(2)), "part 1", "is missing");
            refused(small.log.subList(0, 2), "does not end with " + small.log.get(1), "give all files");
            refused(List.of(), "give its files");
        }

        @Test
        void aPartIsThereTwice() throws IOException {
            Path first = small.log.get(0);
            refused(List.of(first, first), "are the same file");
            Path link = Files.createSymbolicLink(folder.resolve("link"), first);
            refused(List.of(first, link), "are the same file");
            Path copy = Files.copy(first, folder.resolve("copy"));
            refused(List.of(copy, small.log.get(1), first, small.log.get(2)), "are both part 0");
        }

        /** Two attempts at one generation, of which the first was not sealed, have logs that are alike but for their content. */
        @Test
        void partsOfTwoLogs() throws IOException {
            ThreePartLog other = new ThreePartLog(folder, "other", 77);
            refused(List.of(small.log.get(0), other.log.get(1), small.log.get(2)), "does not follow");
            refused(List.of(small.log.get(0), small.log.get(1), other.log.get(2)), "does not follow");
            List<Path> larger = new ReplayedLog(folder, 400_000, 512).make("larger", 160, sink -> {
                sink.put(1, new BlockRun(0, 1), ByteBuffer.allocate(512).put(0, (byte) 1));
            });
            refused(List.of(small.log.get(0), larger.get(0)), "parts of different logs");
        }

        @Test
        void otherFiles() throws IOException {
            Path empty = Files.createFile(folder.resolve("empty"));
            refused(List.of(empty), empty + " is no log", "cut off");
            refused(List.of(Files.write(folder.resolve("noise"), new byte[1000])), "noise is no log");
            refused(List.of(folder), folder + " is a folder");
            refused(List.of(folder.resolve("none")), "there is no such log");
            refused(
                    List.of(Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("none"))),
                    "no such log");
            Path data = Path.of("src/test/resources/golden/format-1/m/data@1/data.00.0000");
            refused(List.of(data), "holds copied blocks and is no log");
        }

        @Test
        void whatWouldBeWaitedForForEver() throws Exception {
            Path fifo = folder.resolve("fifo");
            assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                    .isZero();
            refused(List.of(fifo), "no regular file");
            assertThatThrownBy(() -> lay(small.log, fifo))
                    .hasMessageContaining("neither a regular file nor a block device");
        }

        /** A link to a log is as good as the log. */
        @Test
        void links() throws IOException {
            List<Path> links = new ArrayList<>();
            for (Path part : small.log) {
                links.add(Files.createSymbolicLink(folder.resolve("link" + links.size()), part));
            }
            lay(links, Files.createSymbolicLink(folder.resolve("image-link"), image));
            assertThat(image).hasBinaryContent(small.expected);
        }

        @Test
        void changedWhileItIsRead() throws IOException {
            Path part = small.log.get(1);
            byte[] bytes = Files.readAllBytes(part);
            AtPhase writing = new AtPhase("writing", () -> {
                bytes[bytes.length - 1] ^= 1;
                Files.write(part, bytes);
            });
            assertThatThrownBy(() -> replay.replay(small.log, image, writing))
                    .hasMessageContainingAll(part.toString(), "checksum");
            AtPhase shorter = new AtPhase("writing", () -> Files.write(part, new byte[3]));
            bytes[bytes.length - 1] ^= 1;
            Files.write(part, bytes);
            assertThatThrownBy(() -> replay.replay(small.log, image, shorter)).hasMessageContaining("was changed");
        }

        /** It is whole too, but it is not what was checked. */
        @Test
        void anotherLogWhileItIsRead() throws IOException {
            ReplayedLog logs = new ReplayedLog(folder, small.fuzzy.length, ThreePartLog.BLOCK);
            Path one = logs.make("one", 1 << 20, sink -> logs.put(sink, 1, 0, 1, small.expected))
                    .get(0);
            Path other = logs.make("other", 1 << 20, sink -> logs.put(sink, 1, 1, 1, small.expected))
                    .get(0);
            AtPhase writing = new AtPhase("writing", () -> Files.write(one, Files.readAllBytes(other)));
            assertThatThrownBy(() -> replay.replay(List.of(one), image, writing))
                    .hasMessageContaining("the log was changed while it was laid over");
            assertThat(image).hasBinaryContent(small.fuzzy);
        }

        @Test
        void cancelled() {
            AtPhase checking = new AtPhase("checking the log", () -> {
                throw new CancellationException();
            });
            assertThatThrownBy(() -> replay.replay(small.log, image, checking))
                    .isInstanceOf(CancellationException.class);
            assertThat(image).hasBinaryContent(small.fuzzy);
        }
    }

    @Nested
    class TheImage {

        private ThreePartLog small;

        @BeforeEach
        void make() throws IOException {
            small = new ThreePartLog(folder, "log", 0);
        }

        private void refused(Path image, String... told) {
            assertThatThrownBy(() -> lay(small.log, image))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(told);
        }

        @Test
        void isNone() throws IOException {
            refused(folder.resolve("none"), "there is no image", "none");
            refused(folder, "is a folder");
            Path part = small.log.get(1);
            byte[] before = Files.readAllBytes(part);
            refused(part, "is a part of the log itself");
            refused(Files.createLink(folder.resolve("hard"), part), "is a part of the log itself");
            assertThat(part).hasBinaryContent(before);
        }

        @ParameterizedTest
        @CsvSource({"-1", "1", "4096", "-188515"})
        void hasAnotherSize(int more) throws IOException {
            byte[] content = new byte[small.fuzzy.length + more];
            Path image = image(content);
            refused(image, image + " has " + content.length + " bytes", "disk of " + small.fuzzy.length);
            assertThat(image).hasBinaryContent(content);
        }

        @ParameterizedTest
        @CsvSource({"-512, false", "0, true", "8192, true"})
        void isABlockDevice(int more, boolean fits) throws Exception {
            int rounded = (small.fuzzy.length + 511) & -512;
            byte[] content = Arrays.copyOf(small.fuzzy, rounded + more);
            Path file = image(content);
            LoopDevice.on(file, device -> {
                if (fits) {
                    lay(small.log, device);
                } else {
                    refused(device, "has only", "choose a larger device");
                }
            });
            if (fits) {
                System.arraycopy(small.expected, 0, content, 0, small.expected.length);
            }
            assertThat(file).hasBinaryContent(content);
        }
    }
}
