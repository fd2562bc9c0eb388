package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.media.BlockWriter;
import org.junit.jupiter.api.Test;

class DiskChunksTest {

    private static final int BLOCK = 4096;
    private static final int FRAME = 256;

    /** A device that is only its size and where its data lies, in bytes. */
    private record Sparse(long size, List<long[]> data) implements BlockDevice {

        @Override
        public int blockSize() {
            return BLOCK;
        }

        @Override
        public long nextData(long offset) {
            for (long[] range : data) {
                if (range[1] > offset) {
                    return Math.max(offset, range[0]);
                }
            }
            return size;
        }

        @Override
        public long nextHole(long offset) {
            for (long[] range : data) {
                if (range[0] <= offset && offset < range[1]) {
                    return range[1];
                }
            }
            return offset;
        }

        @Override
        public void read(ByteBuffer dst, long offset) {
            throw new UnsupportedOperationException();
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

    private static DiskChunks.Chunk next(DiskChunks chunks, BlockDevice device) throws IOException {
        return chunks.claim(device, BlockWriter.FRAME_BYTES);
    }

    private static List<DiskChunks.Chunk> chunks(BlockSet wanted, BlockDevice device) throws IOException {
        DiskChunks chunks = new DiskChunks(wanted.iterator(), BLOCK);
        List<DiskChunks.Chunk> all = new ArrayList<>();
        for (DiskChunks.Chunk chunk = next(chunks, device); chunk != null; chunk = next(chunks, device)) {
            all.add(chunk);
        }
        assertThat(chunks.done()).isTrue();
        return all;
    }

    @Property(tries = 300)
    void chunksAreTheWantedBlocksInOrderAndHolesAreHoles(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        long size = 1 + random.nextInt(2000 * BLOCK);
        List<long[]> data = new ArrayList<>();
        long at = 0;
        while (at < size) {
            long from = at + random.nextInt(300 * BLOCK);
            long to = Math.min(size, from + 1 + random.nextInt(300 * BLOCK));
            if (from < size) {
                data.add(new long[] {from, to});
            }
            at = to + 1;
        }
        Sparse device = new Sparse(size, data);
        List<BlockRun> runs = new ArrayList<>();
        for (long first = random.nextInt(20); first < device.blockCount(); first += 1 + random.nextInt(400)) {
            runs.add(new BlockRun(first, Math.min(1 + random.nextInt(500), device.blockCount() - first)));
        }
        BlockSet wanted = BlockSet.of(runs);

        long previous = -1;
        List<BlockRun> seen = new ArrayList<>();
        for (DiskChunks.Chunk chunk : chunks(wanted, device)) {
            BlockRun run = chunk.run();
            assertThat(run.first()).isGreaterThanOrEqualTo(previous);
            previous = run.end();
            seen.add(run);
            if (chunk.hole()) {
                long end = Math.min(size, run.end() * BLOCK);
                assertThat(device.nextData(run.first() * BLOCK)).isGreaterThanOrEqualTo(end);
            } else {
                assertThat(run.first() / FRAME).isEqualTo((run.end() - 1) / FRAME);
            }
        }
        assertThat(BlockSet.of(seen)).isEqualTo(wanted);
        assertThat(seen.stream().mapToLong(BlockRun::count).sum()).isEqualTo(wanted.count());
    }

    @Test
    void aHoleOfManyTerabytesIsOneChunk() throws IOException {
        long size = 20L << 40;
        Sparse device = new Sparse(size, List.of(new long[] {size - 10, size}));
        List<DiskChunks.Chunk> all = chunks(BlockSet.range(0, size / BLOCK), device);
        assertThat(all)
                .containsExactly(
                        new DiskChunks.Chunk(new BlockRun(0, size / BLOCK - 1), true),
                        new DiskChunks.Chunk(new BlockRun(size / BLOCK - 1, 1), false));
    }

    @Test
    void aChunkThatIsGivenBackComesAgain() throws IOException {
        Sparse device = new Sparse(BLOCK, List.of(new long[] {0, BLOCK}));
        DiskChunks chunks = new DiskChunks(BlockSet.range(0, 1).iterator(), BLOCK);
        DiskChunks.Chunk chunk = next(chunks, device);
        assertThat(next(chunks, device)).isNull();
        chunks.giveBack(chunk);
        assertThat(chunks.done()).isFalse();
        assertThat(next(chunks, device)).isEqualTo(chunk);
        assertThat(chunks.done()).isTrue();
    }

    @Test
    void aChunkIsClaimedByWhomItIsNotTooDearFor() throws IOException {
        long hole = 3L << 40;
        Sparse device = new Sparse(hole + 2 * BLOCK, List.of(new long[] {hole, hole + 2 * BLOCK}));
        DiskChunks chunks =
                new DiskChunks(BlockSet.range(0, device.blockCount()).iterator(), BLOCK);
        assertThat(chunks.price(device)).as("a hole").isZero();
        assertThat(chunks.claim(device, 0).hole()).isTrue();
        assertThat(chunks.price(device)).isEqualTo(2 * BLOCK);
        assertThat(chunks.claim(device, 2 * BLOCK - 1)).isNull();
        assertThat(chunks.done()).as("it is for others").isFalse();
        assertThat(chunks.claim(device, 2 * BLOCK).run()).isEqualTo(new BlockRun(hole / BLOCK, 2));
        assertThat(chunks.price(device)).isEqualTo(-1);
        assertThat(chunks.done()).isTrue();
    }
}
