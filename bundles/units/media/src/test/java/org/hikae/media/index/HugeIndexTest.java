package org.hikae.media.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hikae.api.block.BlockSet;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.Varint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Indexes of disks that are larger than the memory that there is for them. */
@Isolated
class HugeIndexTest {

    /** Thirty million runs in the long tests. */
    private static final int RUNS = Boolean.getBoolean("hikae.long") ? 30_000_000 : 1_000_000;

    private static final int LOGGED = RUNS / 10;

    @TempDir
    Path folder;

    /** Counts what is alive while it passes on. */
    private static final class Counted extends OutputStream {

        private long length;
        private long alive;

        @Override
        public void write(int value) {
            length++;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            if (length >> 18 != length + count >> 18) {
                alive = Math.max(alive, HugeIndexTest.alive());
            }
            length += count;
        }
    }

    private static long alive() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /**
     * Two writers take turns on every other run of the disk, and a log has every tenth in an order that is none. Sorting
     * and laying over take a few megabytes, whatever their number.
     */
    @Test
    void millionsOfRunsAreSealedInLittleMemory() throws IOException {
        long before = alive();
        ScratchFolder scratch = new ScratchFolder(folder);
        Counted out = new Counted();
        try (RunSorter even = new RunSorter(scratch);
                RunSorter odd = new RunSorter(scratch);
                RunSorter log = new RunSorter(scratch);
                IndexWriter writer = new IndexWriter(out, 3L * RUNS)) {
            for (int i = 0; i < RUNS; i++) {
                (i % 2 == 0 ? even : odd).add(3L * i, 1 + i % 2, i / 2 / 100, i / 2 % 100);
            }
            for (long i = 0; i < LOGGED; i++) {
                long scattered = i * 7_368_787 % LOGGED;
                log.add(30 * scattered, 1, (int) (i / 8), (int) (i % 8));
            }
            assertThat(alive() - before).as("bytes while runs are gathered").isLessThan(8 << 20);
            SpanSource copied =
                    new MergedSpans(List.of(even.sorted(), odd.sorted().after(RUNS)));
            BlockSet set = BlockSet.range(0, 3L * RUNS - 1);
            SpanSource gaps = new SpanSource() {
                private int at;

                @Override
                public Span next() {
                    long first = 3L * at;
                    at++;
                    return at > RUNS ? null : new Span(first, first + 3, Span.ZERO, 0);
                }
            };
            new Overlay(set, set, log.sorted(), new MergedSpans(List.of(copied, gaps)), () -> null)
                    .run(span -> span.after(2 * RUNS), writer::addRun);
            writer.end();
            assertThat(writer.blocks()).isEqualTo(3L * RUNS - 1);
            assertThat(writer.blocksInFrames()).isEqualTo(RUNS + RUNS / 2);
            assertThat(out.alive - before)
                    .as("bytes while the index is written")
                    .isLessThan(24 << 20);
        }
    }

    /** A full disk of 20 TiB, a frame for each MiB: what is read when it is opened, and what it takes then. */
    @Test
    void theDirectoryOfTwentyTebibytesIsSmall() throws IOException {
        int pages = (20 << 20) / RunPage.MAX_RUNS;
        Directory.Entry page = new Directory.Entry(0, 30_000, new byte[Directory.HASH]);
        List<Directory.Entry> framePages = java.util.Collections.nCopies(pages, page);
        List<Directory.Entry> runPages = java.util.stream.LongStream.range(0, pages)
                .mapToObj(i -> new Directory.Entry(i << 20, 30_000, new byte[Directory.HASH]))
                .toList();
        ByteBuffer bytes = Directory.encode(20L << 28, 20 << 20, framePages, runPages);
        assertThat(bytes.remaining()).isLessThan(256 << 10);
        Directory read = Directory.decode(bytes, 20L << 28, Directory.HEADER + 60_000L * pages);
        assertThat(read.bytes()).isLessThan(320 << 10);
        assertThat(read.runPageOf((20L << 28) - 1)).isEqualTo(pages - 1);
    }

    @Test
    void manyPagesComeBackInAnyOrder() throws IOException {
        List<Frame> frames = new ArrayList<>();
        List<Span> runs = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            frames.add(frame(i));
            runs.add(new Span(7L * i, 7L * i + 3, i, 0));
            runs.add(new Span(7L * i + 4, 7L * i + 6, 29_999 - i, 1));
        }
        PagedIndex index = new TestIndex(210_000, frames, runs).open();
        SpanSource all = index.spans();
        for (Span run : runs) {
            assertThat(all.next()).isEqualTo(run);
        }
        assertThat(all.next()).isNull();
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            int at = random.nextInt(30_000);
            assertThat(index.at(7L * at + 2)).isEqualTo(runs.get(2 * at));
            assertThat(index.at(7L * at + 3)).isEqualTo(new Span(7L * at + 3, 7L * at + 4, Span.NONE, 0));
            assertThat(index.at(7L * at + 5)).isEqualTo(runs.get(2 * at + 1));
            assertThat(index.frame(at)).isEqualTo(frames.get(at));
            checkStretch(index, 7L * at - random.nextInt(10), 7L * at + random.nextInt(40));
        }
        checkStretch(index, 0, 210_000);
    }

    /** A stretch is what its blocks are, one after the other. */
    private static void checkStretch(PagedIndex index, long first, long end) throws IOException {
        long from = Math.max(0, first);
        long to = Math.min(210_000, end);
        long[] at = {from};
        index.at(from, to, span -> {
            assertThat(span.first()).isEqualTo(at[0]);
            assertThat(span.end()).isGreaterThan(span.first());
            for (long block = span.first(); block < span.end(); block++) {
                Span alone = index.at(block).cut(block, block + 1);
                assertThat(span.cut(block, block + 1)).isEqualTo(alone);
            }
            at[0] = span.end();
        });
        assertThat(at[0]).isEqualTo(Math.max(from, to));
    }

    @Test
    void twentyTebibytesOfHoleAreOneRun() throws IOException {
        long blocks = 20L << 30;
        TestIndex index = new TestIndex(
                blocks,
                List.of(),
                List.of(new Span(0, blocks / 2, Span.ZERO, 0), new Span(blocks / 2, blocks, Span.ZERO, 0)));
        assertThat(index.bytes).hasSizeLessThan(100);
        assertThat(index.open().at(blocks - 1)).isEqualTo(new Span(0, blocks, Span.ZERO, 0));
    }

    @Test
    void framesComeBackInTheirOrder() throws IOException {
        int count = 10_000;
        int[] seen = new int[1];
        try (FrameList list = new FrameList(new ScratchFolder(folder))) {
            for (int i = 0; i < count; i++) {
                list.add(frame(i));
            }
            for (int round = 0; round < 2; round++) {
                seen[0] = 0;
                list.forEach(frame -> assertThat(frame).isEqualTo(frame(seen[0]++)));
                assertThat(seen[0]).isEqualTo(count);
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static Frame frame(int number) {
        return new Frame(number / 3000, 64 + number % 3000 * 100_000L, FrameHeader.LENGTH + number, 31 * number, 5);
    }

    @Test
    void aScratchFolderThatCannotBeWrittenToIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        RunSorter sorter = new RunSorter(new ScratchFolder(file), 4, 4);
        FrameList frames = new FrameList(new ScratchFolder(file));
        String told = "the index of a generation in the making cannot be kept in " + file;
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5; i++) {
                        sorter.add(2 * i, 1, i, 0);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining(told);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2000; i++) {
                        frames.add(frame(i));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining(told);
    }

    /** A few bytes that claim to be more than there is memory. */
    @Test
    void hugeNumbersAreRefused() {
        for (long[] numbers : new long[][] {
            {BLOCKS, 1L << 40, 0}, {BLOCKS, 0, 1L << 60}, {BLOCKS, 1L << 30, 1L << 30}, {BLOCKS + 1, 0, 0}
        }) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            for (long number : numbers) {
                Varint.put(bytes, number);
            }
            assertThatThrownBy(() -> Directory.decode(bytes.flip(), BLOCKS, Directory.HEADER))
                    .isInstanceOf(DamagedException.class);
        }
        ByteBuffer runs = ByteBuffer.allocate(100);
        Varint.put(runs, 1L << 40);
        assertThatThrownBy(() -> RunPage.decode(runs.flip(), BLOCKS, 1)).isInstanceOf(DamagedException.class);
    }

    private static final long BLOCKS = 1000;
}
