package org.hikae.tape.medium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.store.StoreRig;
import org.hikae.tapekit.Call.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of a medium on tape are written as they come, several at the same time. */
class OpenSessionsTest {

    @TempDir
    Path folder;

    private StoreRig rig;
    private OpenSessions sessions;
    private final Random random = new Random(3);

    @BeforeEach
    void open() throws IOException {
        rig = new StoreRig(folder).add("one", 1, 3, 1 << 20, "AA");
        sessions = new OpenSessions(rig.store, Duration.ofHours(1));
    }

    @AfterEach
    void close() throws IOException {
        sessions.close();
        rig.close();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private ObjectWriter create(String name) throws IOException {
        return sessions.create(StoreRig.MEDIUM, "medium", name, "pool", "one");
    }

    private void write(String name, byte[] content) throws IOException {
        try (ObjectWriter writer = create(name)) {
            writer.write(ByteBuffer.wrap(content));
            writer.commit();
        }
    }

    private List<String> listed() throws IOException {
        return rig.store.list(StoreRig.MEDIUM, "").stream()
                .map(MediumObject::name)
                .toList();
    }

    @Test
    void whatIsCommittedIsThereAndNothingElse() throws IOException {
        byte[] content = bytes(5000);
        write("one", content);
        try (ObjectWriter writer = create("two")) {
            writer.write(ByteBuffer.wrap(content));
            assertThat(writer.length()).isEqualTo(5000);
        }
        assertThat(listed()).containsExactly("one");
        assertThatThrownBy(() -> sessions.create(StoreRig.MEDIUM, "medium", "x", "pool", "none"))
                .isInstanceOf(MediumFullException.class)
                .hasMessageContaining("in library 'none'");
        sessions.close();
        assertThat(rig.read("one")).isEqualTo(content);
        assertThatThrownBy(() -> create("three")).isInstanceOf(IOException.class);
    }

    @Test
    void manyWriteAtTheSameTime() throws Exception {
        Map<String, byte[]> objects = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            objects.put("o" + i, bytes(random.nextInt(20_000)));
        }
        ExecutorService workers = Executors.newFixedThreadPool(objects.size());
        try {
            List<Future<?>> ends = new ArrayList<>();
            objects.forEach((name, content) -> ends.add(workers.submit(() -> {
                try (ObjectWriter writer = create(name)) {
                    for (int at = 0; at < content.length; at += 700) {
                        writer.write(ByteBuffer.wrap(content, at, Math.min(700, content.length - at)));
                    }
                    writer.commit();
                }
                return null;
            })));
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            workers.shutdownNow();
        }
        sessions.close();
        assertThat(rig.contents()).containsExactlyInAnyOrderEntriesOf(objects);
    }

    @Test
    void manyThatAreBegunAndNotGoneOnWithHoldNobodyUp() throws IOException {
        List<ObjectWriter> idle = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            idle.add(create("idle" + i));
            idle.get(i).write(ByteBuffer.wrap(bytes(1500)));
        }
        byte[] content = bytes(100_000);
        write("busy", content);
        for (ObjectWriter writer : idle.subList(0, 50)) {
            writer.commit();
        }
        for (ObjectWriter writer : idle) {
            writer.close();
        }
        assertThat(listed()).hasSize(51);
        sessions.close();
        assertThat(rig.read("busy")).isEqualTo(content);
    }

    @Test
    void whenNoCartridgeIsLeftOneGoesOnWhenThereIsOneAgain() throws Exception {
        byte[] content = bytes(4_000_000);
        ByteBuffer source = ByteBuffer.wrap(content);
        try (ObjectWriter writer = sessions.create(StoreRig.MEDIUM, "medium", "big", "pool", null)) {
            assertThatThrownBy(() -> writer.write(source))
                    .isInstanceOf(MediumFullException.class)
                    .hasMessageContaining("tape import");
            assertThatThrownBy(() -> writer.write(source)).isInstanceOf(MediumFullException.class);
            rig.add("two", 1, 4, 1 << 20, "BB");
            writer.write(source);
            writer.commit();
        }
        sessions.close();
        assertThat(rig.read("big")).isEqualTo(content);
    }

    @Test
    void aCommitThatIsGivenUpLeavesNothing() throws Exception {
        try (ObjectWriter writer = create("one")) {
            writer.write(ByteBuffer.wrap(bytes(100)));
            rig.faults.hang(Step.FILEMARKS).times(1);
            Thread committer = new Thread(() -> {
                try {
                    writer.commit();
                } catch (IOException e) {
                    // it was interrupted
                }
            });
            committer.start();
            rig.faults.awaitHanging(Duration.ofSeconds(20));
            committer.interrupt();
            committer.join();
        }
        rig.faults.clear();
        write("two", bytes(10));
        assertThat(listed()).containsExactly("two");
        sessions.close();
        rig = rig.again("rebuilt");
        rig.store.reader().scan(true, Progress.NONE);
        assertThat(listed()).contains("two");
    }

    @Test
    void aSessionThatFailsIsFollowedByAnother() throws IOException {
        write("one", bytes(10));
        rig.faults.fail(Step.WRITE, new IOException("broken"));
        assertThatThrownBy(() -> write("two", bytes(10))).isInstanceOf(IOException.class);
        rig.faults.clear();
        write("three", bytes(10));
        assertThat(listed()).containsExactly("one", "three");
    }

    @Test
    void whoWritesNothingLetsOthersHaveTheDrive() throws IOException {
        byte[] content = bytes(10_000);
        write("one", content);
        try (ObjectWriter writer = create("two")) {
            writer.write(ByteBuffer.wrap(content));
            assertThat(rig.read("one")).isEqualTo(content); // with the only drive
            rig.mounts.mount("AA0003L9", null, Purpose.READ, Progress.NONE).close();
            writer.write(ByteBuffer.wrap(content));
            writer.commit();
        }
        assertThat(rig.read("two")).hasSize(20_000);
    }

    @Test
    void whoWritesNothingLetsOthersHaveTheOnlyCartridge() throws IOException {
        sessions.close();
        rig.close();
        rig = new StoreRig(Files.createDirectory(folder.resolve("small"))).add("one", 1, 1, 1 << 20, "BB");
        sessions = new OpenSessions(rig.store, Duration.ofHours(1));
        write("one", bytes(10));
        rig.copy("pool", Map.of("two", bytes(10)));
        write("three", bytes(10));
        assertThat(rig.store.volumes().volumes()).hasSize(1);
        assertThat(rig.contents()).hasSize(3);
    }

    /** A job that can be cancelled. */
    private static final class Job implements Progress {

        private final List<Runnable> actions = new ArrayList<>();
        private boolean cancelled;
        private volatile String waiting;

        void cancel() {
            List<Runnable> all;
            synchronized (this) {
                cancelled = true;
                all = List.copyOf(actions);
            }
            all.forEach(Runnable::run);
        }

        @Override
        public synchronized void check() {
            if (cancelled) {
                throw new CancellationException("cancelled by the test");
            }
        }

        @Override
        public synchronized void onCancel(Runnable action) {
            actions.add(action);
        }

        @Override
        public void pass(Check check) {
            check();
        }

        @Override
        public void phase(String phase) {}

        @Override
        public void waiting(String what) {
            waiting = what;
        }

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}
    }

    /** Something that a job does. */
    private interface Work {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> go(Job job, Work work) {
        return CompletableFuture.runAsync(() -> {
            try (CurrentProgress.Entered entered = CurrentProgress.enter(job)) {
                work.run();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static void assertCancelled(CompletableFuture<Void> work) {
        assertThatThrownBy(() -> work.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("cancelled by the test");
    }

    /** Their buffers are of a hundred megabytes. */
    @Test
    void ofSessionsThatHaveEndedNothingIsHeld() throws IOException {
        sessions.close();
        sessions = new OpenSessions(rig.store, Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            write("o" + i, bytes(10));
            await(() -> sessions.open() == 0);
        }
        rig.faults.fail(Step.WRITE, new IOException("broken"));
        assertThatThrownBy(() -> write("failed", bytes(10))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sessions.create(StoreRig.MEDIUM, "medium", "x", "pool", "none"))
                .isInstanceOf(IOException.class);
        await(() -> sessions.open() == 0);
        assertThat(listed()).containsExactly("o0", "o1", "o2");
    }

    private static void await(BooleanSupplier question) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(question::getAsBoolean);
    }

    @Test
    void whoWaitsForADriveCanBeCancelledAndOthersAreNot() throws Exception {
        Job first = new Job();
        Job second = new Job();
        CompletableFuture<Void> cancelled;
        CompletableFuture<Void> other;
        try (Mounted mounted = rig.mounts.mount("AA0003L9", null, Purpose.READ, Progress.NONE)) {
            cancelled = go(first, () -> write("one", bytes(10)));
            other = go(second, () -> write("two", bytes(10)));
            assertThat(mounted.barcode()).isEqualTo("AA0003L9");
            await(mounted::isWanted);
            await(() -> first.waiting != null || second.waiting != null);
            first.cancel();
            assertCancelled(cancelled);
        }
        other.get(60, TimeUnit.SECONDS);
        assertThat(listed()).containsExactly("two");
        assertThat(second.waiting).isNull();
    }

    @Test
    void whoeverHasFailedDoesNotWaitForTheNext() throws Exception {
        ObjectWriter failed = create("one");
        rig.faults.fail(Step.WRITE, new IOException("broken"));
        assertThatThrownBy(() -> {
                    failed.write(ByteBuffer.wrap(bytes(100_000)));
                    failed.commit();
                })
                .isInstanceOf(IOException.class);
        rig.faults.clear();
        for (Step step : List.of(Step.LOAD, Step.REWIND, Step.LOCATE, Step.SPACE, Step.READ)) {
            rig.faults.hang(step);
        }
        CompletableFuture<Void> next = go(new Job(), () -> write("two", bytes(10)));
        rig.faults.awaitHanging(Duration.ofSeconds(20));
        failed.close();
        assertThat(next).isNotDone();
        rig.faults.clear();
    }

    @Test
    void whoeverHasOpenedASessionIsCancelledAlone() throws Exception {
        Job job = new Job();
        go(job, () -> write("one", bytes(10))).get(60, TimeUnit.SECONDS);
        try (ObjectWriter writer = create("two")) {
            job.cancel();
            writer.write(ByteBuffer.wrap(bytes(100_000)));
            writer.commit();
        }
        assertThat(listed()).containsExactly("one", "two");
        assertThat(sessions.open()).isEqualTo(1);
    }

    @Test
    void whoWaitsForACommitCanBeCancelled() throws Exception {
        try (ObjectWriter writer = create("one")) {
            writer.write(ByteBuffer.wrap(bytes(100)));
            rig.faults.hang(Step.FILEMARKS).times(1);
            Job job = new Job();
            CompletableFuture<Void> cancelled = go(job, writer::commit);
            rig.faults.awaitHanging(Duration.ofSeconds(20));
            job.cancel();
            assertCancelled(cancelled);
        }
        rig.faults.clear();
        write("two", bytes(10));
        assertThat(listed()).containsExactly("two");
    }
}
