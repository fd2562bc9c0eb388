package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.job.Progress;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R8: copier and log writer meet at one block of an image, in every order, and the before-image is what stays. */
class R8Test extends StoreTestBase {

    private static final int BLOCK = 4096;
    private static final int REGION = BlockWriter.FRAME_BYTES / BLOCK;
    private static final int BLOCKS = 2 * REGION + 3;
    private static final int B = 7;
    private static final byte BEFORE = 0x11;
    private static final byte AFTER = 0x77;
    private static final long DEADLINE_SECONDS = 30;

    private GenerationWriter writer;
    private BlockWriter copier;
    private LogSink log;

    @BeforeEach
    void begin() throws IOException {
        backup = new TestBackup(1, BLOCK, (long) BLOCKS * BLOCK);
        backup.layout = Layout.IMAGE;
        all = backup.all();
        writer = store.create(backup.request("m"));
        log = writer.openLog(LogPlace.MEDIUM, null, Patience.NONE);
        copier = writer.openBlocks();
    }

    @AfterEach
    void end() {
        writer.close();
    }

    private static ByteBuffer blocks(int count, int value) {
        byte[] bytes = new byte[count * BLOCK];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    /** What the copier has read of the disk when B is overwritten already. */
    private Void copyLate() throws IOException {
        copier.write(new BlockRun(0, REGION), blocks(REGION, AFTER));
        return null;
    }

    private Void log(int before) throws IOException {
        log.put(1, new BlockRun(B, 1), blocks(1, before));
        return null;
    }

    private void sealAndCheck(int before) throws IOException {
        byte[] expected = new byte[BLOCKS * BLOCK];
        Arrays.fill(expected, 0, REGION * BLOCK, AFTER);
        Arrays.fill(expected, B * BLOCK, (B + 1) * BLOCK, (byte) before);
        sealAndCheck(expected);
    }

    private void sealAndCheck(byte[] expected) throws IOException {
        copier.zeros(new BlockRun(REGION, BLOCKS - REGION));
        copier.complete();
        log.complete();
        String id = writer.seal(Seal.full(all, null, Instant.EPOCH, 0)).id();
        assertThat(Arrays.equals(m.objects.get(id + "/image"), expected)).isTrue();
        try (GenerationReader reader = store.open(id)) {
            assertThat(Arrays.equals(TestBackup.readAll(reader), expected)).isTrue();
        }
        assertThat(store.verify(id, Progress.NONE).damages()).isEmpty();
        assertThat(store.get(id).loggedBlocks()).isOne();
    }

    @ParameterizedTest
    @ValueSource(bytes = {BEFORE, 0})
    void theLogIsFirst(byte before) throws IOException {
        log(before);
        copyLate();
        sealAndCheck(before);
    }

    @ParameterizedTest
    @ValueSource(bytes = {BEFORE, 0})
    void theCopierIsFirst(byte before) throws IOException {
        copyLate();
        log(before);
        sealAndCheck(before);
    }

    /** It has looked, and did not find B listed. */
    @ParameterizedTest
    @ValueSource(bytes = {BEFORE, 0})
    void theLogComesWhileTheCopierWrites(byte before) throws Exception {
        meet(this::copyLate, () -> log(before));
        sealAndCheck(before);
    }

    @Test
    void theCopierComesWhileTheLogWrites() throws Exception {
        meet(() -> log(BEFORE), this::copyLate);
        sealAndCheck(BEFORE);
    }

    @Test
    void theCopierOfZerosComesWhileTheLogWrites() throws Exception {
        meet(() -> log(BEFORE), () -> {
            copier.zeros(new BlockRun(0, REGION));
            return null;
        });
        byte[] expected = new byte[BLOCKS * BLOCK];
        Arrays.fill(expected, B * BLOCK, (B + 1) * BLOCK, BEFORE);
        sealAndCheck(expected);
    }

    /** A medium that is slow at one place does not hold up the rest. */
    @Test
    void otherRegionsDoNotWait() throws Exception {
        hold(this::copyLate, held -> {
            log.put(1, new BlockRun(REGION + 1, 1), blocks(1, BEFORE));
            assertThat(held.isDone()).isFalse();
        });
    }

    private interface Meanwhile {
        void run(FutureTask<Void> held) throws Exception;
    }

    private interface Action {
        Void run() throws IOException;
    }

    /** The second comes while the first writes to the medium: it waits, and goes on when the first has written. */
    private void meet(Action first, Action second) throws Exception {
        FutureTask<Void> later = new FutureTask<>(second::run);
        hold(first, held -> {
            Thread thread = start(later);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (thread.getState() != Thread.State.BLOCKED && !later.isDone()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        });
        later.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Holds an action at its first write to the medium while something else is done. */
    private void hold(Action action, Meanwhile meanwhile) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger writes = new AtomicInteger();
        m.fault = what -> {
            if (what.startsWith("place") && writes.getAndIncrement() == 0) {
                reached.countDown();
                await(release);
            }
        };
        FutureTask<Void> held = new FutureTask<>(action::run);
        start(held);
        try {
            await(reached);
            meanwhile.run(held);
        } finally {
            release.countDown();
        }
        held.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        m.fault = what -> {};
    }

    private static Thread start(FutureTask<Void> task) {
        Thread thread = new Thread(task, "r8");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("waited for too long");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** A guest that logs and overwrites, and two copiers that read the disk and write later. */
    @RepeatedTest(10)
    void nothingOverwrittenIsEverCopied() throws Exception {
        byte[] disk = backup.image.clone();
        BlockWriter other = writer.openBlocks();
        List<FutureTask<Void>> tasks = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        for (BlockWriter each : List.of(copier, other)) {
            tasks.add(new FutureTask<>(() -> {
                for (int piece = next.getAndIncrement(); piece * 32 < BLOCKS; piece = next.getAndIncrement()) {
                    int first = piece * 32;
                    int count = Math.min(32, BLOCKS - first);
                    byte[] read = Arrays.copyOfRange(disk, first * BLOCK, (first + count) * BLOCK);
                    Thread.yield();
                    each.write(new BlockRun(first, count), ByteBuffer.wrap(read));
                }
                return null;
            }));
        }
        tasks.add(new FutureTask<>(() -> {
            overwrite(disk);
            return null;
        }));
        tasks.forEach(R8Test::start);
        for (FutureTask<Void> task : tasks) {
            get(task);
        }
        copier.complete();
        other.complete();
        log.complete();
        String id = writer.seal(Seal.full(all, null, Instant.EPOCH, 0)).id();
        assertThat(Arrays.equals(m.objects.get(id + "/image"), backup.image)).isTrue();
        assertThat(store.verify(id, Progress.NONE).damages()).isEmpty();
        checkContent(id);
    }

    private void overwrite(byte[] disk) throws IOException {
        Random random = new Random();
        BitSet done = new BitSet();
        for (int number = 1; number < BLOCKS; number++) {
            int block = random.nextInt(BLOCKS);
            if (!done.get(block)) {
                done.set(block);
                byte[] before = Arrays.copyOfRange(disk, block * BLOCK, (block + 1) * BLOCK);
                log.put(number, new BlockRun(block, 1), ByteBuffer.wrap(before));
                Arrays.fill(disk, block * BLOCK, (block + 1) * BLOCK, AFTER);
            }
        }
    }

    private static void get(FutureTask<Void> task) throws Exception {
        try {
            task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
