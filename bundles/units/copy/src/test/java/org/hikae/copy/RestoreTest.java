package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.block.ReadOnlyBlockDevice;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;

/** What a restore writes, and what it leaves alone (a.11), against a model: an array of bytes. */
class RestoreTest {

    private static final int BLOCK = 512;

    /** A generation in memory, whose blocks of zeros are holes. */
    private record Source(byte[] bytes) implements GenerationReader, ReadOnlyBlockDevice {

        @Override
        public Optional<FileSystem> openMeta() {
            return Optional.empty();
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int blockSize() {
            return BLOCK;
        }

        @Override
        public void read(ByteBuffer dst, long offset) {
            dst.put(bytes, (int) offset, dst.remaining());
        }

        private boolean isHole(long offset) {
            int start = (int) (offset / BLOCK * BLOCK);
            int end = Math.min(bytes.length, start + BLOCK);
            return Arrays.equals(bytes, start, end, new byte[end - start], 0, end - start);
        }

        @Override
        public long nextData(long offset) {
            return next(offset, false);
        }

        @Override
        public long nextHole(long offset) {
            return next(offset, true);
        }

        private long next(long offset, boolean hole) {
            long at = offset;
            while (at < bytes.length && isHole(at) != hole) {
                at = (at / BLOCK + 1) * BLOCK;
            }
            return Math.min(at, bytes.length);
        }

        @Override
        public GenerationInfo info() {
            throw new UnsupportedOperationException();
        }

        @Override
        public BlockSet set() {
            return BlockSet.range(0, blockCount());
        }

        @Override
        public BlockSet storedSince(String ancestor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double generationsAsked() {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** A device in memory, each block of which may be written once. */
    private static final class Target implements BlockDevice {

        final byte[] bytes;
        private final Set<Long> written = new HashSet<>();

        Target(byte[] bytes) {
            this.bytes = bytes;
        }

        private void once(long offset, long length) {
            for (long block = offset / BLOCK; block * BLOCK < offset + length; block++) {
                assertThat(written.add(block))
                        .as("block %s is written once", block)
                        .isTrue();
            }
        }

        @Override
        public synchronized void write(ByteBuffer src, long offset) {
            once(offset, src.remaining());
            src.get(bytes, (int) offset, src.remaining());
        }

        @Override
        public synchronized void zero(long offset, long length) {
            once(offset, length);
            Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int blockSize() {
            return BLOCK;
        }

        @Override
        public void read(ByteBuffer dst, long offset) {
            throw new UnsupportedOperationException("a restore does not read what is there");
        }

        @Override
        public void force() {}

        @Override
        public boolean readOnly() {
            return false;
        }

        @Override
        public void close() {}
    }

    private static byte[] content(Random random, int size) {
        byte[] bytes = new byte[size];
        for (int from = 0; from < size; ) {
            int to = Math.min(size, from + BLOCK * (1 + random.nextInt(random.nextInt(20) == 0 ? 4000 : 9)));
            for (int at = from; random.nextBoolean() && at < to; at++) {
                bytes[at] = (byte) (1 + random.nextInt(255));
            }
            from = to;
        }
        return bytes;
    }

    private static BlockSet wanted(Random random, long blocks) {
        BlockSet.Builder wanted = new BlockSet.Builder();
        for (int i = random.nextInt(30); i > 0; i--) {
            long first = (long) (random.nextDouble() * blocks);
            long longest = Math.min(blocks - first, random.nextInt(4) == 0 ? 5000 : 20);
            wanted.add(new BlockRun(first, 1 + (long) (random.nextDouble() * (longest - 1))));
        }
        return wanted.build();
    }

    @Property(tries = 60)
    void onlyWhatIsWantedIsWritten(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5 << 20) int size)
            throws IOException {
        Random random = new Random(seed);
        Source source = new Source(content(random, size));
        BlockSet wanted = wanted(random, source.blockCount());
        byte[] before = new byte[size + random.nextInt(3000)];
        random.nextBytes(before);
        byte[] expected = before.clone();
        long bytes = 0;
        for (BlockRun run : wanted) {
            int start = (int) run.first() * BLOCK;
            int end = (int) Math.min(size, run.end() * BLOCK);
            System.arraycopy(source.bytes, start, expected, start, end - start);
            bytes += end - start;
        }
        check(new RestoreCopy(source, wanted, new Target(before), false, 0), expected, bytes);
    }

    @Property(tries = 20)
    void nullIsAll(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3 << 20) int size, @ForAll boolean zero)
            throws IOException {
        Random random = new Random(seed);
        Source source = new Source(content(random, size));
        byte[] before = new byte[size];
        if (!zero) {
            random.nextBytes(before);
        }
        check(new RestoreCopy(source, null, new Target(before), zero, 0), source.bytes, size);
    }

    @Example
    void nothingIsWanted() throws IOException {
        byte[] before = {1, 2, 3};
        check(
                new RestoreCopy(new Source(new byte[3]), BlockSet.empty(), new Target(before), false, 0),
                before.clone(),
                0);
    }

    private static void check(RestoreCopy copy, byte[] expected, long bytes) throws IOException {
        TestProgress progress = new TestProgress();
        CopyReport report = new CopyManagerUnit().restore(copy, progress);
        assertThat(Arrays.mismatch(((Target) copy.target()).bytes, expected)).isEqualTo(-1);
        assertThat(progress.done()).isEqualTo(bytes);
        assertThat(report.bytesRead() + report.bytesZero()).isEqualTo(bytes);
    }
}
