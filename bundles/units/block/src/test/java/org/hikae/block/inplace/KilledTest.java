package org.hikae.block.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.block.tracking.CrashingStorage;
import org.hikae.block.tracking.CrashingStorage.Crash;
import org.junit.jupiter.api.Test;

/** A process is killed at every step of its first flush; the next one promises something; then the power is gone. */
class KilledTest {

    private static final int BLOCK = 512;
    private static final int LOG_BYTES = 8 * 1024;

    private final byte[] before = filled(20 * BLOCK, 'o');
    private final FakeGeneration generation = new FakeGeneration(filled(20 * BLOCK, 'g'), BLOCK);
    private CrashingStorage storage;
    private CrashingDisk disk;

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private StandIn find() throws IOException {
        return new StandIn(PresenceStore.find(storage, LOG_BYTES).orElseThrow(), generation::open, 4 * BLOCK);
    }

    private BlockDevice door() throws IOException {
        return find().open(disk.open(false), new NoRecorder());
    }

    private void killedAt(int step, int flushes) throws IOException {
        storage = new CrashingStorage();
        disk = new CrashingDisk(before, BLOCK);
        InPlaceState first = generation.mounted(new UUID(5, 6));
        PresenceStore.create(storage, LOG_BYTES, first);
        storage.dieAt = storage.steps + step;
        try {
            BlockDevice door = door();
            for (int i = 0; i < flushes; i++) {
                door.write(ByteBuffer.wrap(filled(BLOCK, 'w')), (3L + i) * BLOCK);
                door.force();
            }
        } catch (Crash | IOException e) {
            assertThat(storage.steps).isGreaterThan(storage.dieAt);
        }
        storage.dieAt = Integer.MAX_VALUE;
    }

    private byte[] seen(BlockDevice device) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(before.length);
        device.read(all, 0);
        return all.array();
    }

    @Test
    void r21_whatTheNextProcessHasFlushedIsThere() throws IOException {
        for (int step = 0; step < 40; step++) {
            for (int seed = 0; seed < 20; seed++) {
                killedAt(step, 3);
                BlockDevice door = find().open(disk.open(false), null);
                byte[] promised = seen(door);
                door.force();
                crash(seed);
                assertThat(seen(door())).as("step %d, seed %d", step, seed).isEqualTo(promised);
            }
        }
    }

    @Test
    void r21_whatTheNextProcessHasWrittenIsKnown() throws IOException {
        for (int step = 0; step < 12; step++) {
            for (int seed = 0; seed < 20; seed++) {
                killedAt(step, 1);
                door().write(ByteBuffer.wrap(filled(BLOCK, 'x')), 9L * BLOCK);
                crash(seed);
                if (!find().touched()) {
                    assertThat(disk.content())
                            .as("step %d, seed %d", step, seed)
                            .isEqualTo(before);
                }
            }
        }
    }

    private void crash(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        storage = storage.crash(random);
        disk = disk.crash(random);
    }
}
