package org.hikae.logcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hikae.logcentral.FakeSession.image;
import static org.hikae.logcentral.FakeSession.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log medium that takes nothing, or not enough. */
@Timeout(60)
class OverloadTest {

    private static final int MIB_BLOCKS = Batch.BYTES / FakeSession.BLOCK;
    private static final Overload SHORT = new Overload(false, Duration.ofMillis(300));
    private static final Overload LONG = Overload.holdWrites(Duration.ofHours(1));

    private final CountDownLatch let = new CountDownLatch(1);
    private final Kept kept = Kept.when(let);

    @AfterEach
    void letTheSinkEnd() {
        let.countDown();
    }

    private static BlockRun mebibyte(int index) {
        return new BlockRun((long) index * MIB_BLOCKS, MIB_BLOCKS);
    }

    private static void append(LogGathering.NodeRecords node, BlockRun run) {
        try {
            node.append(List.of(run), image(run, 1));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** All batches are full; the next writer waits. */
    private static void fill(LogGathering.NodeRecords node) {
        for (int i = 0; i < Batches.MOST; i++) {
            append(node, mebibyte(i));
        }
    }

    private static CompletableFuture<Void> appendElsewhere(LogGathering.NodeRecords node, BlockRun run) {
        CompletableFuture<Void> appended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                append(node, run);
                appended.complete(null);
            } catch (CompletionException e) {
                appended.completeExceptionally(e.getCause());
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> appended.isDone()
                || thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
        return appended;
    }

    @Test
    void aWriteGoesOnUnloggedAfterAMomentAndTheBackupFails() {
        FakeSession session = new FakeSession(SHORT);
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            fill(node);
            long start = System.nanoTime();
            CompletableFuture<Void> same = appendElsewhere(node, mebibyte(20));
            CompletableFuture<Void> other = appendElsewhere(gatherer.join(node("n2")), mebibyte(21));
            for (CompletableFuture<Void> waiting : List.of(same, other)) {
                assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                        .hasMessageContaining("the log cannot keep up with the writers")
                        .hasMessageContaining("bilog strategy --overload hold-writes");
            }
            assertThat(System.nanoTime() - start)
                    .isGreaterThanOrEqualTo(SHORT.limit().toNanos());
            assertThat(session.failure.get()).hasMessageContaining("the log cannot keep up");
            assertThatThrownBy(gatherer::complete).hasMessageContaining("the log cannot keep up");
            let.countDown();
        }
    }

    /** A medium that takes all that comes, in longer than one of the writers would wait for one that hangs. */
    @Test
    void manyWritersGetOnWithASlowMedium() throws Exception {
        FakeSession session = new FakeSession(new Overload(false, Duration.ofSeconds(1)));
        Kept slow = new Kept() {
            @Override
            public void put(long number, BlockRun run, ByteBuffer data) throws IOException {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                super.put(number, run, data);
            }
        };
        try (CentralGatherer gatherer = session.open(slow)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            fill(node);
            List<CompletableFuture<Void>> writers = IntStream.range(20, 40)
                    .mapToObj(index -> appendElsewhere(node, mebibyte(index)))
                    .toList();
            for (CompletableFuture<Void> writer : writers) {
                writer.get(30, TimeUnit.SECONDS);
            }
            gatherer.complete();
        }
        assertThat(session.failure.get()).isNull();
    }

    /** Nothing is lost, whoever waits: two nodes, and several writers of one. */
    @Test
    void heldWritesGoOnWhenTheMediumDoes() throws Exception {
        FakeSession session = new FakeSession(LONG);
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            fill(node);
            CompletableFuture<Void> first = appendElsewhere(node, mebibyte(20));
            CompletableFuture<Void> second = appendElsewhere(node, mebibyte(21));
            CompletableFuture<Void> third = appendElsewhere(gatherer.join(node("n2")), mebibyte(22));
            assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);
            assertThat(gatherer.unlogged(mebibyte(20)))
                    .as("copiers and other writers are answered meanwhile")
                    .containsExactly(mebibyte(20));
            assertThat(node.missing(mebibyte(0))).isEmpty();
            let.countDown();
            CompletableFuture.allOf(first, second, third).get(30, TimeUnit.SECONDS);
            assertThat(gatherer.complete().logged().count()).isEqualTo(11L * MIB_BLOCKS);
        }
        assertThat(kept.images).hasSize(11 * MIB_BLOCKS);
        assertThat(session.failure.get()).isNull();
    }

    @Test
    void heldWritesGoOnUnloggedWhenTheBackupFails() throws Exception {
        FakeSession session = new FakeSession(LONG);
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            fill(node);
            CompletableFuture<Void> held = appendElsewhere(node, mebibyte(20));
            CompletableFuture<Void> behind = appendElsewhere(node, mebibyte(21));
            session.failed(new IOException("cancelled"));
            assertThatThrownBy(() -> held.get(30, TimeUnit.SECONDS)).hasMessageContaining("the backup has failed");
            assertThatThrownBy(() -> behind.get(30, TimeUnit.SECONDS)).hasMessageContaining("the backup has failed");
            let.countDown();
        }
    }

    @Test
    void heldWritesGoOnUnloggedWhenTheBundleIsStopped() throws Exception {
        try (CentralGatherer gatherer = new FakeSession(LONG).open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            fill(node);
            CompletableFuture<Void> held = appendElsewhere(node, mebibyte(20));
            gatherer.end();
            assertThatThrownBy(() -> held.get(30, TimeUnit.SECONDS)).hasMessageContaining("was stopped");
            let.countDown();
        }
    }

    /** A write that was let in is not broken off: its record is held, and the interrupt is kept for later. */
    @Test
    void anInterruptDoesNotBreakOffARecord() throws Exception {
        try (CentralGatherer gatherer = new FakeSession(LONG).open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            fill(node);
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Thread writer = new Thread(() -> {
                append(node, mebibyte(20));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            writer.start();
            await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);
            writer.interrupt();
            let.countDown();
            writer.join(30_000);
            assertThat(interrupted.get()).isTrue();
            assertThat(gatherer.complete().logged().containsAll(mebibyte(20))).isTrue();
        }
    }
}
