package org.hikae.block.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.block.ReadOnlyBlockDevice;
import org.hikae.api.job.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An overlay on its own: borders, block sizes, very large disks, and the order of what is made durable. */
class OverlayTest {

    private static final int REGION = 1 << 20;

    private final List<String> order = new ArrayList<>();

    /** Notes what it is told, and can fail. */
    private final class Notes implements Recording {

        final BlockSet.Builder recorded = new BlockSet.Builder();
        boolean fails;

        @Override
        public void touch() {}

        @Override
        public void record(BlockSet blocks, Supplier<BlockSet> all) throws IOException {
            order.add("record " + blocks.count());
            if (fails) {
                throw new IOException("no space left on device");
            }
            recorded.add(blocks);
            assertThat(all.get()).isEqualTo(recorded.build());
        }
    }

    private final Notes notes = new Notes();

    private Overlay overlay(FakeGeneration generation, long diskSize, int blockSize) {
        long blocks = (generation.content.length - 1) / blockSize + 1;
        Source source = new Source(generation.content.length, generation::open);
        return new Overlay(diskSize, blockSize, new Presence(blocks, BlockSet.empty()), source, notes, REGION);
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65536})
    void partsOfBlocksAtTheBordersOfRegionsAreFilledFromTheGeneration(int block) throws IOException {
        int size = 2 * REGION + 3 * block + 100;
        int generationSize = REGION + 5 * block / 2;
        FakeGeneration generation = new FakeGeneration(bytes(generationSize, 'g'), block);
        CrashingDisk disk = new CrashingDisk(bytes(size, 'o'), block);
        Overlay overlay = overlay(generation, size, block);
        byte[] expected = bytes(size, 'o');
        System.arraycopy(generation.content, 0, expected, 0, generationSize);
        Arrays.fill(expected, generationSize, REGION + 3 * block, (byte) 0);
        BlockDevice file = disk.open(false);
        int[][] places = {{REGION - 1, 2}, {REGION + block + 7, 1}, {generationSize - 1, 2}, {size - 1, 1}, {0, 1}};
        for (int[] place : places) {
            overlay.write(file, ByteBuffer.wrap(bytes(place[1], 'w')), place[0]);
            Arrays.fill(expected, place[0], place[0] + place[1], (byte) 'w');
            ByteBuffer seen = ByteBuffer.allocate(size);
            overlay.read(file, seen, 0);
            assertThat(seen.array()).isEqualTo(expected);
        }
        assertThat(overlay.presence().count()).isEqualTo(5);
    }

    @Test
    void theDataIsForcedBeforeItIsRecorded() throws IOException {
        FakeGeneration generation = new FakeGeneration(bytes(4096 * 10, 'g'), 4096);
        CrashingDisk disk = new CrashingDisk(bytes(4096 * 10, 'o'), 4096);
        Overlay overlay = overlay(generation, 4096 * 10, 4096);
        BlockDevice file = new Ordered(disk.open(false));
        overlay.write(file, ByteBuffer.wrap(bytes(4096 * 2, 'w')), 4096);
        overlay.force(file);
        overlay.force(file);
        assertThat(order).containsExactly("force", "record 2", "force");
        notes.fails = true;
        overlay.zero(file, 0, 4096);
        assertThatThrownBy(() -> overlay.force(file)).hasMessageContaining("no space left");
        notes.fails = false;
        overlay.force(file);
        assertThat(notes.recorded.build()).isEqualTo(BlockSet.range(0, 3));
        disk.failsToForce = true;
        overlay.write(file, ByteBuffer.wrap(bytes(4096, 'x')), 4096 * 5);
        assertThatThrownBy(() -> overlay.force(file)).hasMessageContaining("input/output error");
        disk.failsToForce = false;
        assertThatThrownBy(() -> overlay.force(file)).hasMessageContaining("could not be made durable before");
        assertThat(notes.recorded.build()).as("whose data may be lost").isEqualTo(BlockSet.range(0, 3));
    }

    private final class Ordered implements BlockDevice {

        private final BlockDevice file;

        Ordered(BlockDevice file) {
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public int blockSize() {
            return file.blockSize();
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            file.read(dst, offset);
        }

        @Override
        public void write(ByteBuffer src, long offset) throws IOException {
            file.write(src, offset);
        }

        @Override
        public void zero(long offset, long length) throws IOException {
            file.zero(offset, length);
        }

        @Override
        public void force() throws IOException {
            order.add("force");
            file.force();
        }

        @Override
        public boolean readOnly() {
            return false;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A device of 8 TiB that has data at a few places, and counts what it is asked. */
    private static final class Huge implements ReadOnlyBlockDevice {

        private static final long SIZE = (8L << 40) + 100;

        final TreeMap<Long, Integer> data = new TreeMap<>();
        int asked;

        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public int blockSize() {
            return 512;
        }

        @Override
        public void read(ByteBuffer dst, long offset) {
            for (long at = offset; dst.hasRemaining(); at++) {
                dst.put(data.getOrDefault(at / 512 * 512, 0).byteValue());
            }
        }

        @Override
        public void write(ByteBuffer src, long offset) {
            for (long at = offset; src.hasRemaining(); at++) {
                data.put(at / 512 * 512, (int) src.get());
            }
        }

        @Override
        public void zero(long offset, long length) {
            data.subMap(offset, offset + length).clear();
        }

        @Override
        public long nextData(long offset) {
            asked++;
            Long at = data.ceilingKey(offset / 512 * 512);
            return at == null ? SIZE : Math.max(offset, at);
        }

        @Override
        public long nextHole(long offset) {
            long at = offset / 512 * 512;
            while (data.containsKey(at)) {
                at += 512;
            }
            return Math.min(SIZE, Math.max(offset, at));
        }

        @Override
        public void close() {}
    }

    @Test
    void aDiskOf8TiBInSmallBlocksIsSoughtAndBroughtBackQuickly() throws IOException {
        Huge generation = new Huge();
        generation.data.put(1L << 41, 1);
        generation.data.put((5L << 40) + 512, 2);
        generation.data.put(8L << 40, 3);
        Huge disk = new Huge();
        disk.data.put(512L << 31, 9);
        Presence presence = new Presence((Huge.SIZE - 1) / 512 + 1, BlockSet.empty());
        Overlay overlay = new Overlay(Huge.SIZE, 512, presence, new Source(Huge.SIZE, () -> generation), notes, REGION);
        overlay.write(disk, ByteBuffer.wrap(bytes(512, 5)), 7L << 40);
        assertThat(overlay.nextData(disk, 0)).isEqualTo(1L << 41);
        assertThat(overlay.nextData(disk, (1L << 41) + 512)).isEqualTo((5L << 40) + 512);
        assertThat(overlay.nextData(disk, (5L << 40) + 1024)).isEqualTo(7L << 40);
        assertThat(overlay.nextHole(disk, 7L << 40)).isEqualTo((7L << 40) + 512);
        assertThat(overlay.nextData(disk, (7L << 40) + 512)).isEqualTo(8L << 40);
        assertThat(generation.asked + disk.asked).isLessThan(40);
        OverlaidDevice device = new OverlaidDevice(overlay, disk, new NoRecorder(), () -> {});
        BringBack work = new BringBack(device, Progress.NONE, REGION);
        new BringBackWorkers(work).run();
        overlay.force(disk);
        work.checkAll();
        assertThat(presence.complete()).isTrue();
        assertThat(disk.data).containsOnlyKeys(1L << 41, (5L << 40) + 512, 7L << 40, 8L << 40);
        assertThat(notes.recorded.build()).isEqualTo(BlockSet.range(0, presence.blocks()));
    }

    @Test
    void whatIsReadThroughADoorStaysEvenIfItCannotBeWritten() throws IOException {
        FakeGeneration generation = new FakeGeneration(bytes(512 * 10, 'g'), 512);
        CrashingDisk disk = new CrashingDisk(bytes(512 * 10, 'o'), 512);
        Overlay overlay = overlay(generation, 512 * 10, 512);
        try (OverlaidDevice door = new OverlaidDevice(overlay, disk.open(false), new NoRecorder(), () -> {})) {
            disk.failsToWrite = true;
            ByteBuffer dst = ByteBuffer.allocate(512 * 4);
            door.read(dst, 256);
            assertThat(dst.array()).isEqualTo(bytes(512 * 4, 'g'));
            assertThat(overlay.presence().count()).isZero();
            disk.failsToWrite = false;
            door.read(dst.clear(), 256);
            assertThat(overlay.presence().missing(new BlockRun(0, 10)))
                    .as("whole blocks alone")
                    .containsExactly(new BlockRun(0, 1), new BlockRun(4, 6));
            assertThat(disk.content()).startsWith(bytes(512, 'o')).contains('g');
        }
    }
}
