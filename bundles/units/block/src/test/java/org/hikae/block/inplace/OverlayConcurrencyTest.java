package org.hikae.block.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.job.Progress;
import org.hikae.block.tracking.CrashingStorage;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Guests that write and read, copiers, flushes and workers that bring back, all at once. Each block has one writer, who gives it
 * ascending tags: whoever reads it gets a whole block, none older than what was there when he began, none newer than what was
 * there when he ended.
 */
class OverlayConcurrencyTest {

    private static final int BLOCK = 512;
    private static final int BLOCKS = 256;
    private static final int WRITERS = 3;
    private static final int ROUNDS = 1500;

    private final byte[] content = new byte[BLOCKS * BLOCK];
    private final FakeGeneration generation = new FakeGeneration(content, BLOCK);
    private final CrashingDisk disk = new CrashingDisk(new byte[BLOCKS * BLOCK], BLOCK);
    private final CrashingStorage storage = new CrashingStorage();
    /** The tag that a block's writer is about to write, and the one that it has written. */
    private final AtomicIntegerArray begun = new AtomicIntegerArray(BLOCKS);

    private final AtomicIntegerArray ended = new AtomicIntegerArray(BLOCKS);
    private StandIn standIn;
    private volatile boolean done;

    private StandIn mount() throws IOException {
        for (int block = 0; block < BLOCKS; block++) {
            begun.set(block, 1);
            ended.set(block, 1);
            tagged(block, 1).get(content, block * BLOCK, BLOCK);
        }
        InPlaceState first = generation.mounted(new UUID(5, 6));
        return new StandIn(PresenceStore.create(storage, 64 * 1024, first), generation::open, 8 * BLOCK);
    }

    private static ByteBuffer tagged(int block, int tag) {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        while (bytes.hasRemaining()) {
            bytes.putInt(block).putInt(tag);
        }
        return bytes.flip();
    }

    private BlockDevice door() throws IOException {
        return standIn.open(disk.open(false), new NoRecorder());
    }

    @RepeatedTest(5)
    void r21_everyReadSeesWhatWasWrittenLast() throws Exception {
        standIn = mount();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Void>> writers = new ArrayList<>();
            List<Future<Void>> others = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int mine = i;
                writers.add(threads.submit(task(() -> write(mine))));
                others.add(threads.submit(task(() -> read(mine % 2 == 0, mine))));
            }
            writers.add(threads.submit(task(this::bringBack)));
            others.add(threads.submit(task(this::flush)));
            for (Future<Void> writer : writers) {
                writer.get();
            }
            done = true;
            for (Future<Void> other : others) {
                other.get();
            }
        } finally {
            done = true;
            threads.shutdown();
        }
        ByteBuffer left = ByteBuffer.wrap(disk.content());
        for (int block = 0; block < BLOCKS; block++) {
            assertThat(left.slice(block * BLOCK, BLOCK)).isEqualTo(tagged(block, ended.get(block)));
        }
        assertThat(generation.open).isZero();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Callable<Void> task(Work work) {
        return () -> {
            work.run();
            return null;
        };
    }

    /** Whole blocks, several at once, and blocks in two halves. */
    private void write(int mine) throws IOException {
        SplittableRandom random = new SplittableRandom(mine);
        try (BlockDevice door = door()) {
            for (int i = 0; i < ROUNDS; i++) {
                int block = random.nextInt(BLOCKS / WRITERS) * WRITERS + mine;
                int tag = begun.get(block) + 1;
                begun.set(block, tag);
                ByteBuffer bytes = tagged(block, tag);
                door.write(bytes, (long) block * BLOCK);
                ended.set(block, tag);
            }
        }
    }

    private void read(boolean guest, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(100 + seed);
        while (!done) {
            try (BlockDevice device = guest ? door() : standIn.open(disk.open(true), null)) {
                for (int i = 0; i < 50; i++) {
                    int first = random.nextInt(BLOCKS);
                    readSome(device, first, 1 + random.nextInt(Math.min(20, BLOCKS - first)));
                }
            }
        }
    }

    private void readSome(BlockDevice device, int first, int count) throws IOException {
        int[] atLeast = new int[count];
        for (int i = 0; i < count; i++) {
            atLeast[i] = ended.get(first + i);
        }
        ByteBuffer bytes = ByteBuffer.allocate(count * BLOCK);
        device.read(bytes, (long) first * BLOCK);
        for (int i = 0; i < count; i++) {
            ByteBuffer block = bytes.slice(i * BLOCK, BLOCK);
            int tag = block.getInt(4);
            assertThat(tag).isBetween(atLeast[i], begun.get(first + i));
            assertThat(block).isEqualTo(tagged(first + i, tag));
        }
    }

    private void flush() throws IOException {
        try (BlockDevice door = door()) {
            while (!done) {
                door.force();
            }
        }
    }

    private void bringBack() throws IOException {
        try (BlockDevice door = door()) {
            BringBack work = new BringBack((OverlaidDevice) door, Progress.NONE, 8 * BLOCK);
            new BringBackWorkers(work).run();
            door.force();
            work.checkAll();
            standIn.end();
        }
    }
}
