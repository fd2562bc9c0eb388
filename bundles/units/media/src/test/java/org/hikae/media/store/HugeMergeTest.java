package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.io.Buffers;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.read.Link;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.SparseDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Merges of a disk of 4 TiB in blocks of 512 bytes, which are more than an int counts. */
@Isolated
class HugeMergeTest {

    private static final int BLOCK = 512;
    private static final long BLOCKS = 1L << 33;
    private static final BlockSet ALL = BlockSet.range(0, BLOCKS);

    /** Blocks, each in a frame of its own, of the full generation; two million in the long tests. */
    private static final int FRAMES = Boolean.getBoolean("hikae.long") ? 2_000_000 : 60_000;

    private static final long DISTANCE = BLOCKS / FRAMES;

    @TempDir
    Path home;

    private final ByteBuffer data = Buffers.allocate(BLOCK);
    private TestLinks links;

    @BeforeEach
    void open() throws IOException {
        TestMedia media =
                new TestMedia(new UUID(1, 1)).add("m", new MemoryDriver(), "").add("sparse", new SparseDriver(), "");
        links = new TestLinks(media, home, 1 << 20);
    }

    @AfterEach
    void close() {
        links.close();
    }

    /** Writes every so manieth of the blocks, or one that lies so far behind it, with its number and the generation's in it. */
    private Link make(Link parent, long number, String medium, int step, int behind) throws IOException {
        Layout layout = medium.equals("sparse") ? Layout.IMAGE : Layout.PACKED;
        String above = parent == null ? null : parent.manifest().id();
        GenerationRequest request = new GenerationRequest(
                "data", new UUID(1, 2), BLOCKS * BLOCK, BLOCK, "raw", medium, layout, above, null, null);
        BlockSet.Builder stored = new BlockSet.Builder();
        for (int frame = 0; frame < FRAMES && parent != null; frame += step) {
            stored.add(new BlockRun(frame * DISTANCE + behind, 1));
        }
        BlockSet own = parent == null ? ALL : stored.build();
        return links.make(
                request,
                number,
                parent,
                ALL,
                TestLinks.seal(ALL, own),
                writer -> write(writer, number, step, behind, own));
    }

    private void write(GenerationWriter writer, long number, int step, int behind, BlockSet own) throws IOException {
        try (BlockWriter blocks = writer.openBlocks()) {
            for (int frame = 0; frame < FRAMES; frame += step) {
                long block = frame * DISTANCE + behind;
                blocks.write(
                        new BlockRun(block, 1),
                        data.clear().putLong(0, block + 1).putLong(8, number));
                if (own == ALL) {
                    long end = frame + step < FRAMES ? block + step * DISTANCE : BLOCKS;
                    blocks.zeros(new BlockRun(block + 1, end - block - 1));
                }
            }
            blocks.complete();
        }
    }

    private static void check(GenerationReader reader, int frame, int behind, long number) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(BLOCK);
        long block = frame * DISTANCE + behind;
        reader.read(read, block * BLOCK);
        assertThat(read.getLong(0)).isEqualTo(block + 1);
        assertThat(read.getLong(8)).as("generation of block %s", block).isEqualTo(number);
    }

    /** Every now and then, what is alive. */
    private static final class Alive implements Progress {

        private int passes;
        private long most;

        static long now() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }

        @Override
        public void phase(String phase) {}

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {}

        @Override
        public void pass(Check check) {
            if (passes++ % 10 == 0) {
                most = Math.max(most, now());
            }
        }

        @Override
        public void onCancel(Runnable action) {}
    }

    /** It takes pages, and bits for the frames, beside the index that it writes into this medium in memory. */
    @Test
    void aMergeTakesLittleMemory() throws IOException {
        List<Link> chain = new ArrayList<>();
        chain.add(make(null, 1, "m", 1, 0));
        for (int number = 2; number < 5; number++) {
            chain.add(0, make(chain.get(0), number, "m", 1, number));
        }
        Alive alive = new Alive();
        long before = Alive.now();
        TestLinks.Result result = links.merge(chain, "m", alive);
        assertThat(alive.passes).isGreaterThan(20);
        assertThat(result.merged().movedBytes()).isZero();
        long index = result.link().manifest().index().length();
        assertThat(alive.most - before - 2 * index)
                .as("bytes while it is merged")
                .isLessThan(3 << 20);
        try (GenerationReader reader = links.read(List.of(result.link()))) {
            for (int frame : new int[] {0, 1, FRAMES / 2, FRAMES - 1}) {
                check(reader, frame, 0, 1);
                for (int number = 2; number < 5; number++) {
                    check(reader, frame, number, number);
                }
            }
        }
    }

    /** Regions of an image lie farther away than an int counts, in bytes and in blocks. */
    @Test
    void anImageBecomesFrames() throws IOException {
        int step = FRAMES / 20;
        Link full = make(null, 1, "sparse", step, 0);
        Link second = make(full, 2, "m", 2 * step, 0);
        TestLinks.Result result = links.merge(List.of(second, full), "m", Progress.NONE);
        assertThat(result.merged().recodedBytes()).isEqualTo(10 * BLOCK);
        assertThat(result.link().manifest().dataBytes()).isEqualTo(20 * BLOCK);
        try (GenerationReader reader = links.read(List.of(result.link()))) {
            for (int i = 0; i < 20; i++) {
                check(reader, i * step, 0, i % 2 == 0 ? 2 : 1);
            }
            assertThat(reader.nextData(19L * step * DISTANCE * BLOCK + BLOCK)).isEqualTo(BLOCKS * BLOCK);
        }
        assertThat(links.files
                        .verify(result.link().manifest(), result.link().medium(), null, List.of(), Progress.NONE)
                        .damages())
                .isEmpty();
    }
}
