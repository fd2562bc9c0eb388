package org.hikae.fs.shared.store.tables;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVStore;
import org.hikae.fs.shared.store.region.ShadowFile;
import org.hikae.fs.shared.store.region.Span;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who makes room while a snapshot is ended by its user. */
class SnapshotTest {

    private final MVStore store = new MVStore.Builder().autoCommitDisabled().open();
    private final AtomicBoolean stops = new AtomicBoolean(true);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();

    @AfterEach
    void close() {
        store.setOldestVersionTracker(null);
        store.closeImmediately();
    }

    /** Stops the first who comes here, as the machine may. */
    private void stop() {
        if (stops.compareAndSet(true, false)) {
            stopped.countDown();
            await().atMost(60, SECONDS).until(() -> goesOn.getCount() == 0);
        }
    }

    /** What a checkpoint would count as kept otherwise. */
    @Test
    void whoGivesItUpWaitsForWhoIsAboutToEndIt() throws Exception {
        giveUpWhileItsUserIsStopped(new Snapshot(store, Map.of(), snapshot -> {
            stop();
            ended.set(true);
        }));
    }

    /** MVStore's lock, without which nothing is compacted. */
    @Test
    void whoGivesItUpWaitsForWhoHasTheLock() throws Exception {
        Snapshot snapshot = new Snapshot(store, Map.of(), its -> ended.set(true));
        store.openMap("any").put(1, 1);
        store.commit();
        store.setOldestVersionTracker(version -> stop());
        giveUpWhileItsUserIsStopped(snapshot);
    }

    @Test
    void whoCompactsGivesItUp() throws Exception {
        Span region = new Span(new MemoryDevice(1 << 20, 4096), 0, 1 << 20, 4096);
        Tables tables = Tables.open(ShadowFile.create(region, new UUID(1, 2)));
        Snapshot snapshot = tables.snapshot();
        tables.compact(1 << 20);
        assertThat(snapshot.isGivenUp()).isTrue();
        tables.close();
    }

    private void giveUpWhileItsUserIsStopped(Snapshot snapshot) throws Exception {
        Thread user = start(snapshot::close);
        assertThat(stopped.await(60, SECONDS)).isTrue();
        AtomicBoolean early = new AtomicBoolean();
        Thread other = start(() -> {
            snapshot.giveUp();
            early.set(!ended.get());
        });
        await().atMost(60, SECONDS)
                .until(() -> other.getState() == Thread.State.BLOCKED || other.getState() == Thread.State.TERMINATED);
        goesOn.countDown();
        user.join(SECONDS.toMillis(60));
        other.join(SECONDS.toMillis(60));

        assertThat(ended).isTrue();
        assertThat(early).as("given up before it had ended").isFalse();
        assertThat(snapshot.isGivenUp()).isTrue();
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
