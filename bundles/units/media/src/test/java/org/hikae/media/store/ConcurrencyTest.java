package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.junit.jupiter.api.Test;

/** Several backups, readers, removals and listings at once, on the same media. */
class ConcurrencyTest extends StoreTestBase {

    private static final int ROUNDS = 25;

    @Test
    void nobodyIsInAnothersWay() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean done = new AtomicBoolean();
        List<Future<?>> backups = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int seed = i;
            backups.add(threads.submit((Callable<Void>) () -> {
                backUpAndRemove(seed);
                return null;
            }));
        }
        Future<?> lister = threads.submit((Callable<Void>) () -> {
            while (!done.get()) {
                for (GenerationInfo info : store.survey().generations()) {
                    assertThat(info.number()).isPositive();
                }
            }
            return null;
        });
        for (Future<?> backup : backups) {
            backup.get(120, TimeUnit.SECONDS);
        }
        done.set(true);
        lister.get(60, TimeUnit.SECONDS);
        threads.shutdown();
        assertThat(store.survey().generations()).hasSize(3);
        for (GenerationInfo info : store.survey().generations()) {
            assertThat(info.problem()).isNull();
            store.remove(info.id());
        }
        assertThat(m.names()).isEmpty();
        assertThat(logs.names()).isEmpty();
    }

    private void backUpAndRemove(int seed) throws Exception {
        TestBackup disk = new TestBackup(seed, 4096, 100_000);
        String last = null;
        for (int round = 0; round < ROUNDS; round++) {
            GenerationInfo info = disk.make(store, "m", disk.all(), round % 2 == 0 ? "logs" : null, false);
            try (GenerationReader reader = store.open(info.id())) {
                assertThat(TestBackup.readAll(reader)).isEqualTo(disk.image);
            }
            assertThat(store.verify(info.id(), Progress.NONE).damages()).isEmpty();
            if (last != null) {
                store.remove(last);
            }
            last = info.id();
        }
    }
}
