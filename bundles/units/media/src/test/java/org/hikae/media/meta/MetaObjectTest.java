package org.hikae.media.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.Layout;
import org.hikae.api.media.spi.Medium;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.Sha256;
import org.hikae.media.index.ScratchFolder;
import org.hikae.media.testing.FilesCheck;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.RandomFiles;
import org.hikae.media.testing.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of a group's files comes back as it was, however many and whatever they are. */
class MetaObjectTest {

    private static final int BLOCK = 4096;
    private static final String NAME = "data@1/meta";
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 2000 : 60;

    @TempDir
    Path home;

    private final MemoryDriver driver = new MemoryDriver();
    private final byte[] disk = new byte[400 * BLOCK];
    /** Of the object, so far. */
    private int reads;

    private MetaCollector collector;
    private ScratchFolder scratch;

    @BeforeEach
    void begin() {
        new Random(1).nextBytes(disk);
        scratch = new ScratchFolder(home);
        collector = new MetaCollector(BLOCK, scratch);
    }

    private IndexRef write() throws IOException {
        GenerationRequest request = new GenerationRequest(
                "data", new UUID(1, 2), disk.length, BLOCK, "ext4", "m", Layout.PACKED, null, null, null);
        try (Medium medium = driver.open("");
                MetaCollector all = collector) {
            return MetaObject.write(all, request, Instant.EPOCH, medium, NAME, scratch);
        }
    }

    private void readObject(ByteBuffer dst, long position) {
        reads++;
        dst.put(driver.objects.get(NAME), (int) position, dst.remaining());
    }

    private FileSystem open(IndexRef ref) throws IOException {
        return MetaObject.open(ref, "data@1", "g", this::readObject, new ArrayDevice(disk, BLOCK));
    }

    @Test
    void randomFilesComeBack() throws IOException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            collector = new MetaCollector(BLOCK, scratch);
            TestFiles files = RandomFiles.make(random, BLOCK, disk, randomSet(random));
            files.writeTo(collector);
            IndexRef ref = write();
            try (FileSystem view = open(ref)) {
                FilesCheck.check(files, view, random);
            }
            MetaObject.check(ref, "data@1", this::readObject);
            driver.objects.remove(NAME);
        }
    }

    private static BlockSet randomSet(Random random) {
        BlockSet set = BlockSet.empty();
        for (int i = 0; i < 20; i++) {
            int first = random.nextInt(390);
            set = set.union(BlockSet.range(first, 1 + random.nextInt(10)));
        }
        return set;
    }

    private static FileAttributes attributes(long inode, FileType type, long size, long links) {
        Instant t = Instant.EPOCH;
        return new FileAttributes(inode, type, 0644, 0, 0, size, links, t, t, t, null, 0, 0, 0);
    }

    /** Far more than memory takes before it spills, in the order of nothing, and each name of one of few files. */
    @Test
    void manyFilesAreSorted() throws IOException {
        int count = Boolean.getBoolean("hikae.long") ? 1_000_000 : 40_000;
        FakeSource source = new FakeSource(BLOCK, disk.length / BLOCK);
        collector.add(new FileEntry("/", attributes(2, FileType.DIRECTORY, 0, 2)), source);
        for (int i = 0; i < 100; i++) {
            collector.add(new FileEntry("/d" + i, attributes(3 + i, FileType.DIRECTORY, 0, 2)), source);
        }
        for (int i = 0; i < count; i++) {
            int shuffled = (int) (i * 7919L % count);
            String path = "/d" + shuffled % 100 + "/some file of number " + shuffled;
            collector.add(new FileEntry(path, attributes(1000 + shuffled / 2, FileType.FIFO, 0, 2)), source);
        }
        IndexRef ref = write();
        List<FileEntry> walked = new ArrayList<>();
        reads = 0;
        try (FileSystem view = open(ref)) {
            assertThat(reads).isEqualTo(2);
            assertThat(view.find("/d7/some file of number 307")).isPresent();
            assertThat(view.find("/d7/some file of number 308")).isEmpty();
            assertThat(reads).as("one page for each").isLessThanOrEqualTo(4);
            view.walk(view.find("/d42").orElseThrow(), walked::add);
            assertThat(walked).hasSize(count / 100 + 1);
            FileEntry last = walked.get(walked.size() - 1);
            assertThat(view.find(last.path())).contains(last);
            FileEntry first = view.find("/d10/some file of number 10").orElseThrow();
            FileEntry other = view.find("/d11/some file of number 11").orElseThrow();
            assertThat(other.attributes()).isEqualTo(first.attributes());
        }
        MetaObject.check(ref, "data@1", this::readObject);
    }

    /** Neither a page nor an answer has room for all of them. */
    @Test
    void aFileOfManyExtents() throws IOException {
        int count = 60_000;
        FakeSource source = new FakeSource(1024, 1L << 40);
        Random random = new Random(3);
        for (int i = 0; i < count; i++) {
            source.extents.add(new FileExtent(3L * i, random.nextLong(1L << 39), 1 + random.nextInt(2), i % 5 == 0));
        }
        collector.add(new FileEntry("/", attributes(2, FileType.DIRECTORY, 0, 2)), source);
        collector.add(new FileEntry("/file", attributes(3, FileType.REGULAR, 1024, 1)), source);
        collector.add(new FileEntry("/next", attributes(4, FileType.FIFO, 0, 1)), source);
        IndexRef ref = write();
        try (FileSystem view = open(ref)) {
            List<FileExtent> found = new ArrayList<>();
            for (List<FileExtent> next = view.extents(2, 0); !next.isEmpty(); ) {
                found.addAll(next);
                next = view.extents(2, found.get(found.size() - 1).end());
            }
            assertThat(found).isEqualTo(source.extents);
            assertThat(view.extents(2, 3L * 777).get(0)).isEqualTo(source.extents.get(777));
            assertThat(view.find("/next").orElseThrow().attributes().inode()).isEqualTo(3);
            assertThat(view.extents(3, 0)).isEmpty();
        }
    }

    private void refused(String told, String... paths) throws IOException {
        collector = new MetaCollector(BLOCK, scratch);
        FakeSource source = new FakeSource(BLOCK, 9);
        for (String path : paths) {
            FileType type = path.endsWith("f") ? FileType.FIFO : FileType.DIRECTORY;
            collector.add(new FileEntry(path, attributes(path.hashCode() & 0xffff, type, 0, 1)), source);
        }
        assertThatThrownBy(this::write).isInstanceOf(IOException.class).hasMessage(told);
        assertThat(driver.objects).isEmpty();
    }

    @Test
    void whatMakesNoTreeIsRefused() throws IOException {
        refused("the path /a was given twice", "/", "/a", "/a");
        refused("the path /a/b/c was given without the directory that it is in", "/", "/a", "/a/b/c");
        refused("the path /f/c was given without the directory that it is in", "/", "/f", "/f/c");
        refused("the path /ab/c was given without the directory that it is in", "/", "/a", "/ab/c");
        refused("the path /a was given without the directory that it is in", "/a");
        assertThatThrownBy(() -> refused("", "/", "/a\\x00b")).hasMessage("no file can have the path /a\\x00b");
    }

    @Test
    void whatIsNotThereIsRefused() throws IOException {
        FakeSource source = new FakeSource(BLOCK, 9);
        collector.add(new FileEntry("/", attributes(2, FileType.DIRECTORY, 0, 2)), source);
        collector.add(new FileEntry("/f", attributes(3, FileType.REGULAR, 10, 2)), source);
        collector.add(new FileEntry("/g", attributes(3, FileType.REGULAR, 10, 2)), source);
        try (FileSystem view = open(write())) {
            for (long number : new long[] {-1, 0, 3, 4, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> view.attributes(number))
                        .isInstanceOf(FileSystemRefusedException.class)
                        .hasMessageContaining("no file of the group in data@1 has that number");
            }
            assertThatThrownBy(() -> view.symlinkTarget(2)).hasMessageContaining("it is no symlink");
            assertThatThrownBy(() -> view.read(1, ByteBuffer.allocate(0), 0)).hasMessageContaining("no regular file");
            assertThatThrownBy(() -> view.read(2, ByteBuffer.allocate(3), 8))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> view.owner(9)).isInstanceOf(IndexOutOfBoundsException.class);
            for (String path : List.of("/x", "/f/x", "//f//", "/\u0000f", "/\\x2ff", "")) {
                boolean there = path.equals("//f//") || path.isEmpty();
                assertThat(view.find(path).isPresent()).as(path).isEqualTo(there);
            }
            assertThat(view.find("/g").orElseThrow().attributes().inode()).isEqualTo(2);
        }
    }

    @Test
    void blocksThatThereAreNotAreRefused() {
        FakeSource source = new FakeSource(BLOCK, 9);
        source.extents.add(new FileExtent(0, 8, 2, false));
        FileEntry file = new FileEntry("/", attributes(2, FileType.REGULAR, BLOCK, 1));
        assertThatThrownBy(() -> collector.add(file, source))
                .hasMessage("extents of file 2: there are no 2 blocks from 8 on");
    }

    /** A source that failed in the middle of a file is not taken for one that had no more to say. */
    @Test
    void aTornFileIsNotWhole() throws IOException {
        FakeSource source = new FakeSource(BLOCK, 9);
        source.extents.add(new FileExtent(5, 1, 1, false));
        source.extents.add(new FileExtent(3, 2, 1, false));
        FileEntry file = new FileEntry("/", attributes(2, FileType.REGULAR, BLOCK, 1));
        assertThatThrownBy(() -> collector.add(file, source)).hasMessageContaining("out of order");
        assertThat(collector.isWhole()).isFalse();
        assertThatThrownBy(() -> collector.add(file, source)).hasMessageContaining("is not whole");
    }

    /** Whoever can make hashes match cannot make it run wild: any bytes whatever as a directory or a page. */
    @Test
    void whatMakesNoSenseIsRefused() throws IOException {
        TestFiles files = RandomFiles.makeSmall(new Random(5), BLOCK, disk, BlockSet.range(0, 40));
        files.writeTo(collector);
        IndexRef ref = write();
        byte[] whole = driver.objects.get(NAME);
        Random random = new Random(9);
        int end = (int) ref.length() - ref.directoryLength();
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] directory = Arrays.copyOfRange(whole, end, whole.length);
            directory[random.nextInt(directory.length)] = (byte) random.nextInt();
            try {
                MetaDirectory.read(ByteBuffer.wrap(directory), end);
            } catch (DamagedException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    /** The same of a page: there is an answer or a refusal, and nothing else. */
    @Test
    void aPageThatMakesNoSenseIsRefused() throws IOException {
        TestFiles files = RandomFiles.makeSmall(new Random(5), BLOCK, disk, BlockSet.range(0, 40));
        files.writeTo(collector);
        IndexRef ref = write();
        byte[] page = page(ref);
        Random random = new Random(10);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] broken = page.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            refused += isRefused(withPage(broken, files.paths().size())) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(500);
        assertThat(isRefused(withPage(page, files.paths().size()))).isFalse();
    }

    private byte[] page(IndexRef ref) throws IOException {
        MetaPages pages = new MetaPages(ref, "data@1", this::readObject);
        assertThat(pages.directory().pages()).isEqualTo(1);
        ByteBuffer page = pages.page(0);
        byte[] bytes = new byte[page.remaining()];
        page.get(bytes);
        return bytes;
    }

    /** An object of one page, whose hashes all match. */
    private IndexRef withPage(byte[] page, int count) throws IOException {
        byte[] stored = Zstd.compress(page);
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        SourceInfo source = SourceInfo.of(new TestFiles(BLOCK, disk).info());
        MetaDirectory.Entry entry =
                new MetaDirectory.Entry(stored.length, MetaDirectory.hash(stored), count, PathKey.ROOT);
        MetaDirectory.write(directory, source, List.of(entry));
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.writeBytes(MetaDirectory.header());
        object.writeBytes(stored);
        object.writeBytes(directory.toByteArray());
        driver.objects.put(NAME, object.toByteArray());
        MessageDigest digest = Sha256.begin();
        digest.update(directory.toByteArray());
        return new IndexRef(NAME, object.size(), "", directory.size(), Sha256.end(digest));
    }

    private boolean isRefused(IndexRef ref) throws IOException {
        try (FileSystem view = open(ref)) {
            MetaObject.check(ref, "data@1", this::readObject);
            view.used();
            view.walk(view.find("/").orElseThrow(), file -> {
                long number = file.attributes().inode();
                view.extendedAttributes(number);
                for (List<FileExtent> next = view.extents(number, 0); !next.isEmpty(); ) {
                    next = view.extents(number, next.get(next.size() - 1).end());
                }
                if (file.attributes().type() == FileType.REGULAR) {
                    long size = file.attributes().size();
                    view.read(number, ByteBuffer.allocate((int) Math.min(size, 100_000)), 0);
                }
                return true;
            });
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The disk, for reading. */
    private record ArrayDevice(byte[] bytes, int blockSize) implements BlockDevice {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(ByteBuffer dst, long offset) {
            dst.put(bytes, (int) offset, dst.remaining());
        }

        @Override
        public void write(ByteBuffer src, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void zero(long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void force() {}

        @Override
        public boolean readOnly() {
            return true;
        }

        @Override
        public void close() {}
    }
}
