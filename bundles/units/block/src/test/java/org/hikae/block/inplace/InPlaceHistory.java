package org.hikae.block.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.job.Progress;
import org.hikae.block.tracking.CrashingStorage;
import org.hikae.block.tracking.CrashingStorage.Crash;
import org.hikae.block.tracking.CrashingStorage.Fault;

/**
 * A history that a seed stands for: mounts, writes, reads, flushes, bringing back, kills, crashes and failures, and after each
 * step what is seen of the disk. Every byte has the values that it may have after a crash: what it had at the last flush, and
 * whatever was written since.
 */
final class InPlaceHistory {

    private static final int BLOCK = 512;
    private static final int REGION = 4 * BLOCK;
    /** Few batches: a log is full soon. */
    private static final int LOG_BYTES = 6 * 1024;

    private final RandomGenerator random;
    private final boolean faults;
    private final int size;
    CrashingStorage storage = new CrashingStorage();
    CrashingDisk disk;

    /** Null: the disk is as any other. */
    private StandIn standIn;

    private FakeGeneration generation;
    /** What was on the disk before the mount: it still is as long as nothing was written. */
    private byte[] before;

    private BlockDevice door;
    private byte[] current;
    private final Possible possible;
    /** How often the disk had failed to force when the door was opened. */
    private int failuresBefore;

    int mounts;
    int crashes;
    int ended;

    InPlaceHistory(long seed, boolean faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
        this.size = (20 + random.nextInt(30)) * BLOCK - random.nextInt(2) * random.nextInt(BLOCK);
        this.disk = new CrashingDisk(FakeGeneration.content(random, size, BLOCK), BLOCK);
        this.current = disk.content();
        this.possible = new Possible(size);
        settle();
    }

    void run(int length) throws IOException {
        for (int i = 0; i < length; i++) {
            attempt(this::step);
        }
        mend();
        attempt(() -> {
            reopen();
            check();
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private void attempt(Step step) throws IOException {
        try {
            step.run();
        } catch (Crash e) {
            crashed();
        }
    }

    /** The process alone is gone, and the power later; or the power. */
    private void crashed() throws IOException {
        crashes++;
        if (random.nextInt(3) == 0) {
            storage.dieAt = storage.steps + 1 + random.nextInt(40);
            disk.dieAt = Integer.MAX_VALUE;
            try {
                kill();
                return;
            } catch (Crash e) {
                crashes++;
            }
        }
        restart(storage.crash(random), disk.crash(random));
        settle();
    }

    private void step() throws IOException {
        switch (random.nextInt(faults ? 22 : 19)) {
            case 0, 1, 2, 3 -> write();
            case 4 -> zero();
            case 5, 6, 7 -> read();
            case 8, 9 -> force();
            case 10, 11 -> mount();
            case 12 -> bringBack(random.nextInt(6));
            case 13 -> reopen();
            case 14 -> kill();
            case 15 -> check();
            case 16 -> holes();
            case 17 -> undo();
            case 18 -> {
                if (random.nextInt(4) == 0) {
                    bringBack(Integer.MAX_VALUE);
                }
            }
            case 19 -> storage.fault = Fault.values()[random.nextInt(Fault.values().length)];
            case 20 -> {
                disk.failsToForce = random.nextInt(3) == 0;
                disk.failsToWrite = random.nextInt(3) == 0;
            }
            default -> mend();
        }
    }

    private void mend() {
        storage.fault = Fault.NONE;
        disk.failsToForce = false;
        disk.failsToWrite = false;
    }

    /** Nothing fails but by a fault; a crash that looks like a failure is one. */
    private void failed(IOException e) {
        if (storage.steps > storage.dieAt || disk.steps > disk.dieAt) {
            throw new Crash();
        }
        assertThat(faults).as("failed: " + e).isTrue();
    }

    private BlockDevice door() throws IOException {
        if (door == null) {
            door = open(false);
            failuresBefore = disk.failedForces;
        }
        return door;
    }

    /** A force has failed since the door was opened: until it is opened anew nothing is durable. */
    private boolean broken() {
        return disk.failedForces > failuresBefore;
    }

    private BlockDevice open(boolean readOnly) throws IOException {
        BlockDevice file = disk.open(readOnly);
        return standIn == null ? file : standIn.open(file, readOnly ? null : new NoRecorder());
    }

    /** What is seen now is what a crash leaves. */
    private void settle() {
        possible.only(current);
    }

    private void write() throws IOException {
        int offset = random.nextInt(size);
        int length = 1 + random.nextInt(Math.min(random.nextBoolean() ? 3 * BLOCK : 9 * BLOCK, size - offset));
        if (random.nextBoolean()) {
            offset = offset / BLOCK * BLOCK;
        }
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) random.nextInt());
        change(offset, bytes, (to, at) -> to.write(ByteBuffer.wrap(bytes), at));
    }

    private void zero() throws IOException {
        int offset = random.nextInt(size);
        byte[] bytes = new byte[1 + random.nextInt(size - offset)];
        change(offset, bytes, (to, at) -> to.zero(at, bytes.length));
    }

    private interface Change {
        void run(BlockDevice to, int at) throws IOException;
    }

    private void change(int offset, byte[] bytes, Change change) throws IOException {
        BlockDevice to = door();
        possible.also(offset, bytes);
        try {
            change.run(to, offset);
            System.arraycopy(bytes, 0, current, offset, bytes.length);
        } catch (IOException e) {
            failed(e);
            look();
        }
    }

    private void read() throws IOException {
        int offset = random.nextInt(size);
        ByteBuffer dst = ByteBuffer.allocate(2 * size).position(random.nextInt(5));
        dst.limit(dst.position() + 1 + random.nextInt(size - offset));
        int from = dst.position();
        door().read(dst, offset);
        assertThat(dst.remaining()).isZero();
        int same = Arrays.mismatch(dst.array(), from, dst.limit(), current, offset, offset + dst.limit() - from);
        assertThat(same).as("where it differs, from %d on", offset).isEqualTo(-1);
    }

    private void force() throws IOException {
        try {
            door().force();
            assertThat(broken() && standIn != null).as("forced after a failure").isFalse();
            settle();
        } catch (IOException e) {
            failed(e);
        }
    }

    private byte[] readAll() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(size);
        try (BlockDevice device = open(true)) {
            device.read(all, 0);
        }
        return all.array();
    }

    private void check() throws IOException {
        assertThat(readAll()).isEqualTo(current);
        if (standIn != null && !standIn.touched()) {
            assertThat(disk.content()).as("untouched").isEqualTo(before);
        }
    }

    /** What is seen after something has failed: anything that is possible, and from now on the same. */
    private void look() throws IOException {
        byte[] seen = readAll();
        for (int at = 0; at < size; at++) {
            if (!possible.has(at, seen[at])) {
                throw new AssertionError("byte " + at + " is " + seen[at] + ", was " + current[at] + ", generation "
                        + (standIn == null || at >= generation.content.length ? "-" : generation.content[at]));
            }
        }
        current = seen;
    }

    private void holes() throws IOException {
        BlockDevice device = door();
        int offset = random.nextInt(size);
        int data = (int) device.nextData(offset);
        assertThat(Arrays.mismatch(current, offset, data, new byte[data - offset], 0, data - offset))
                .as("the hole from %d to %d", offset, data)
                .isEqualTo(-1);
        if (data < size) {
            assertThat(device.nextHole(data)).isGreaterThan(data).isLessThanOrEqualTo(size);
        }
    }

    private void reopen() throws IOException {
        if (door == null) {
            return;
        }
        BlockDevice closing = door;
        door = null;
        try {
            closing.close();
        } catch (IOException e) {
            failed(e);
        }
        look();
        check();
    }

    private void kill() throws IOException {
        storage.fault = Fault.NONE;
        restart(storage, disk);
    }

    /** The home and the disk as something has left them. */
    private void restart(CrashingStorage home, CrashingDisk left) throws IOException {
        if (standIn != null && standIn.touched()) {
            undecided = null; // the home has known of the mount since
        }
        storage = home;
        disk = left;
        door = null;
        standIn = PresenceStore.find(storage, LOG_BYTES).map(this::standIn).orElse(null);
        if (undecided != null) {
            decide();
        }
        look();
        check();
    }

    private StandIn standIn(PresenceStore store) {
        return new StandIn(store, generation::open, REGION);
    }

    /** What is seen if the mount that was begun, or undone, is not there; null if none was. */
    private byte[] undecided;

    private void decide() {
        if (standIn == null) {
            current = undecided;
            settle();
            undecided = null;
        }
    }

    private void mount() throws IOException {
        if (standIn != null) {
            return;
        }
        reopen();
        try {
            disk.open(false).force();
        } catch (IOException e) {
            failed(e);
            return;
        }
        settle();
        before = disk.content();
        int length = 1 + random.nextInt(size);
        generation = new FakeGeneration(FakeGeneration.content(random, length, BLOCK), BLOCK);
        undecided = before;
        current = generation.over(before);
        settle();
        begin();
    }

    private void begin() throws IOException {
        InPlaceState first = generation.mounted(new UUID(5, ++mounts));
        try {
            standIn = standIn(PresenceStore.create(storage, LOG_BYTES, first));
            undecided = null;
        } catch (IOException e) {
            failed(e);
            standIn = standIn(PresenceStore.of(storage, LOG_BYTES, first));
        }
    }

    private void undo() throws IOException {
        if (standIn == null || standIn.touched()) {
            return;
        }
        reopen();
        if (standIn.touched()) {
            return;
        }
        undecided = before;
        end(before);
    }

    private void end(byte[] seen) throws IOException {
        try {
            standIn.end();
            standIn = null;
            current = seen;
            settle();
            undecided = null;
            ended++;
            check();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void bringBack(int pieces) throws IOException {
        if (standIn == null) {
            return;
        }
        try {
            BringBack work = new BringBack((OverlaidDevice) door(), Progress.NONE, REGION);
            int[] left = {pieces};
            work.work(() -> left[0]-- <= 0);
            check();
            if (pieces == Integer.MAX_VALUE) {
                door().force();
                settle();
                work.checkAll();
                assertThat(disk.content()).isEqualTo(current);
                end(current);
            }
        } catch (IOException e) {
            failed(e);
        }
    }
}
