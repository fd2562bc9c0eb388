package org.hikae.fsext;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.testing.ImageDevice;
import org.hikae.fsext.testing.SmallImages;

/** Damaged images give an answer or a refusal, never another exception, and in bounded time and memory (I9). */
class FuzzTest {

    private static final int FACTOR = Boolean.getBoolean("hikae.long") ? 20 : 1;

    /** How many times the image may be read in all. */
    private static final int READS = 400;
    /** What the reader may allocate in all, mostly for what it gives back at once. */
    private static final long ALLOCATED = 1L << 30;

    private static final int PART_BYTES = 1 << 16;
    /** An inode can claim any number of names and any size: so much of them is looked at. */
    private static final int MOST_FILES = 2000;

    private static final Map<String, List<BlockRun>> PLACES = new HashMap<>();

    @Property(seed = "20261126", tries = 1500, shrinking = ShrinkingMode.OFF)
    void damageIsFoundOrHarmless(@ForAll @IntRange(min = 0, max = 4) int image, @ForAll long seed) throws IOException {
        for (int i = 0; i < FACTOR; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            byte[] bytes = SmallImages.get(SmallImages.NAMES.get(image)).clone();
            damage(bytes, SmallImages.NAMES.get(image), random);
            check(new ImageDevice(bytes), random);
        }
    }

    private static void check(ImageDevice device, SplittableRandom random) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        lookAtAll(device, random);
        assertThat(device.bytesRead()).as("bytes read").isLessThan(READS * device.size());
        assertThat(threads.getThreadAllocatedBytes(thread) - before)
                .as("bytes allocated")
                .isLessThan(ALLOCATED);
    }

    /** Each question is asked, though another has no answer. */
    private static void lookAtAll(ImageDevice device, SplittableRandom random) throws IOException {
        FileSystemReader[] reader = new FileSystemReader[1];
        answerOrRefusal(() -> reader[0] = ExtReader.open(device));
        if (reader[0] == null) {
            return;
        }
        FileSystemReader opened = reader[0];
        long count = opened.info().blockCount();
        answerOrRefusal(() -> within(opened.used(), count));
        answerOrRefusal(() -> within(opened.metadata(), count));
        answerOrRefusal(() -> opened.owner(random.nextLong(count)));
        Set<Long> files = new HashSet<>();
        answerOrRefusal(() -> collect(opened, opened.root(), files, 0));
        for (long file : files) {
            answerOrRefusal(() -> look(opened, file));
        }
    }

    private interface Question {
        void ask() throws IOException;
    }

    private static void answerOrRefusal(Question question) throws IOException {
        try {
            question.ask();
        } catch (FileSystemRefusedException e) {
            assertThat(e.getMessage()).startsWith(e.structure());
        }
    }

    private static void within(BlockSet blocks, long count) {
        assertThat(blocks.minus(BlockSet.range(0, count))).isEqualTo(BlockSet.empty());
    }

    private static void collect(FileSystemReader reader, long directory, Set<Long> files, int depth)
            throws IOException {
        if (depth > 20 || files.size() > MOST_FILES || !files.add(directory)) {
            return;
        }
        for (long next = 0; next >= 0 && files.size() <= MOST_FILES; ) {
            DirectoryPart part = reader.list(directory, next);
            assertThat(part.next() < 0 || part.next() > next).isTrue();
            for (DirectoryEntry entry : part.entries()) {
                FileAttributes attributes = reader.attributes(entry.inode());
                if (attributes.type() == FileType.DIRECTORY) {
                    collect(reader, entry.inode(), files, depth + 1);
                } else {
                    files.add(entry.inode());
                }
            }
            next = part.next();
        }
    }

    private static void look(FileSystemReader reader, long file) throws IOException {
        FileAttributes attributes = reader.attributes(file);
        reader.extents(file, 0);
        reader.extendedAttributes(file);
        if (attributes.type() == FileType.SYMLINK) {
            reader.symlinkTarget(file);
        } else if (attributes.type() == FileType.REGULAR) {
            int length = (int) Math.min(PART_BYTES, attributes.size());
            reader.read(file, ByteBuffer.allocate(length), 0);
            reader.read(file, ByteBuffer.allocate(length), attributes.size() - length);
        }
    }

    /** Bits are turned, and words replaced by others, mostly where the file system keeps its own things. */
    private void damage(byte[] bytes, String image, SplittableRandom random) throws IOException {
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            int at = place(image, bytes.length, random);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> ByteBuffer.wrap(bytes).putInt(at & ~3, random.nextBoolean() ? -1 : random.nextInt(3000));
                default -> {
                    int from = place(image, bytes.length, random) & ~3;
                    System.arraycopy(bytes, from, bytes, at & ~3, Math.min(4, bytes.length - from));
                }
            }
        }
    }

    private int place(String image, int length, SplittableRandom random) throws IOException {
        if (random.nextInt(8) == 0) {
            return random.nextInt(length);
        }
        List<BlockRun> runs = places(image);
        BlockRun run = runs.get(random.nextInt(runs.size()));
        return (int) (run.first() * 1024) + random.nextInt((int) Math.min(run.count(), 40) * 1024);
    }

    /** Where the metadata of the image lies. */
    private List<BlockRun> places(String image) throws IOException {
        List<BlockRun> known = PLACES.get(image);
        if (known == null) {
            ArrayList<BlockRun> runs = new ArrayList<>();
            ExtReader.open(new ImageDevice(SmallImages.get(image))).metadata().forEach(runs::add);
            known = runs;
            PLACES.put(image, known);
        }
        return known;
    }
}
