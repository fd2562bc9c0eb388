package org.hikae.block.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.ReadOnlyBlockDevice;
import org.hikae.block.tracking.FolderStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A medium that does not answer holds up whoever asks it, and nobody else. */
class HungMediumTest {

    private static final int BLOCK = 512;
    private static final int BLOCKS = 64;
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    private Path folder;

    private final FakeGeneration generation = new FakeGeneration(bytes(BLOCK * BLOCKS, 'g'), BLOCK);
    private final CrashingDisk disk = new CrashingDisk(bytes(BLOCK * BLOCKS, 'o'), BLOCK);
    private final CountDownLatch answers = new CountDownLatch(1);
    /** As many as wait, or have waited. */
    private final Semaphore waiting = new Semaphore(0);

    private volatile boolean hung;
    private StandIn standIn;

    @BeforeEach
    void mount() throws IOException {
        InPlaceState first = new InPlaceState(
                new UUID(3, 3),
                new UUID(4, 4),
                "d",
                "/d",
                generation.identity(),
                "raw",
                BLOCK,
                true,
                false,
                false,
                0,
                0);
        PresenceStore store = PresenceStore.create(new FolderStorage(folder.resolve("mount")), 64 * 1024, first);
        standIn = new StandIn(store, this::openGeneration, 8 * BLOCK, new Asking(PATIENCE));
    }

    @AfterEach
    void letGo() {
        answers.countDown();
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private void answer() throws IOException {
        if (!hung) {
            return;
        }
        waiting.release();
        try {
            answers.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private BlockDevice openGeneration() throws IOException {
        answer();
        BlockDevice opened = generation.open();
        return new ReadOnlyBlockDevice() {
            @Override
            public long size() {
                return opened.size();
            }

            @Override
            public int blockSize() {
                return opened.blockSize();
            }

            @Override
            public void read(ByteBuffer dst, long offset) throws IOException {
                answer();
                opened.read(dst, offset);
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    private BlockDevice door() throws IOException {
        return standIn.open(disk.open(false), new NoRecorder());
    }

    /** Something that is done on a thread of its own. */
    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "guest");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> T inTime(Callable<T> work) throws Exception {
        return start(work).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private void awaitWaiting() throws InterruptedException {
        assertThat(waiting.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPartOfABlockIsWrittenWhileOthersWriteWholeOnes() throws Exception {
        try (BlockDevice door = door();
                BlockDevice other = door()) {
            hung = true;
            FutureTask<Object> part = start(() -> {
                door.write(ByteBuffer.wrap(bytes(1, 'p')), 3 * BLOCK + 7);
                return null;
            });
            awaitWaiting();
            inTime(() -> {
                other.write(ByteBuffer.wrap(bytes(2 * BLOCK, 'w')), 3 * BLOCK);
                other.force();
                return null;
            });
            assertThat(part.isDone()).isFalse();
            answers.countDown();
            part.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            byte[] expected = bytes(2 * BLOCK, 'w');
            expected[7] = 'p';
            ByteBuffer seen = ByteBuffer.allocate(2 * BLOCK);
            other.read(seen, 3 * BLOCK);
            assertThat(seen.array()).isEqualTo(expected);
        }
    }

    @Test
    void itsStateIsToldAndThatItDoesNotAnswer() throws Exception {
        hung = true;
        assertThat(inTime(standIn::status).problem()).contains("does not answer");
        assertThat(inTime(standIn::status).problem()).contains("has not answered yet");
        awaitWaiting();
        FutureTask<BlockDevice> opening = start(this::door);
        awaitWaiting();
        assertThat(inTime(standIn::status).problem()).contains("has not answered yet");
        answers.countDown();
        opening.get(DEADLINE_SECONDS, TimeUnit.SECONDS).close();
        inTime(() -> {
            while (standIn.status().problem() != null) {
                Thread.onSpinWait();
            }
            return null;
        });
        assertThat(generation.open).isZero();
    }

    /** The unit is stopped while a block is being fetched: whoever uses the disk next must not find it overwritten. */
    @Test
    void whatIsFetchedIsNotWrittenAfterTheStop() throws Exception {
        OverlaidDevice door = (OverlaidDevice) door();
        standIn.stop();
        assertThatThrownBy(() -> door.putBack(new BlockRun(1, 1), ByteBuffer.allocate(BLOCK)))
                .hasMessageContaining("has stopped");
        assertThatThrownBy(() -> door.putBack(new BlockRun(1, 1), null)).hasMessageContaining("has stopped");
        assertThatThrownBy(() -> door.write(ByteBuffer.allocate(BLOCK), BLOCK)).hasMessageContaining("has stopped");
        assertThatThrownBy(this::door).hasMessageContaining("has stopped");
        assertThat(disk.content()).isEqualTo(bytes(BLOCK * BLOCKS, 'o'));
        assertThat(standIn.touched()).isFalse();
    }
}
