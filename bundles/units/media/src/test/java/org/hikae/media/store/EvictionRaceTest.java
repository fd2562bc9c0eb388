package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.MergeRequest;
import org.hikae.media.testing.Evictor;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.Test;

/** Generations are made, merged and removed while others copy, evict and read them. */
class EvictionRaceTest extends StoreTestBase {

    private static final int GENERATIONS = Boolean.getBoolean("hikae.long") ? 100 : 12;
    private static final int KEPT = 4;

    /** Why something cannot be done with a generation that somebody else does something with. */
    private static final List<String> EXPECTED = List.of(
            "there is no generation",
            "is being merged",
            "is being removed",
            "has no data on its media",
            "no copy on tape"); // a merge has made it anew since it was copied

    private final MemoryTier tier = new MemoryTier();
    private final TestChain chain = new TestChain();
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger evicted = new AtomicInteger();

    /** What is done with a generation. */
    private interface Deed {
        void with(String id) throws IOException;
    }

    private void withEach(Deed deed) throws IOException {
        for (String id : List.copyOf(images.keySet())) {
            try {
                deed.with(id);
            } catch (NoSuchFileException e) {
                assertThat(e.getMessage()).contains("/manifest"); // a merge has replaced it while it was copied
            } catch (IOException e) {
                assertThat(EXPECTED).as(e.toString()).anyMatch(told -> e.getMessage()
                        .contains(told));
            }
        }
    }

    private Callable<Void> loop(Deed deed) {
        return () -> {
            while (!done.get()) {
                withEach(deed);
            }
            return null;
        };
    }

    private void read(String id) throws IOException {
        byte[] image = images.get(id);
        if (image == null) {
            return; // it has become a part of another one meanwhile
        }
        try (GenerationReader reader = store.open(id)) {
            assertThat(Arrays.equals(TestBackup.readAll(reader), image)).as(id).isTrue();
        }
    }

    private void evict(String id) throws IOException {
        Copying.evict(store, tier, id);
        evicted.incrementAndGet();
    }

    @Test
    void everybodyReadsWhatWasBackedUp() throws Exception {
        media.tier = tier;
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<Void>> loops = List.of(
                threads.submit(loop(this::read)), threads.submit(loop(this::read)), threads.submit(loop(this::evict)));
        List<String> there = new ArrayList<>();
        try {
            make(there);
        } finally {
            done.set(true);
            threads.shutdown();
        }
        for (Future<Void> each : loops) {
            each.get(60, TimeUnit.SECONDS);
        }
        withEach(this::evict);
        assertThat(evicted.get()).isPositive();
        chain.check(store, there.toArray(String[]::new));
        for (int i = there.size() - 1; i >= 0; i--) {
            store.remove(there.get(i));
        }
        assertThat(m.names()).isEmpty();
        assertThat(tier.names(Evictor.id(m))).isEmpty();
    }

    private void make(List<String> there) throws IOException {
        for (int i = 0; i < GENERATIONS; i++) {
            String id = there.isEmpty() ? chain.full(store, "m") : chain.upon(store, "m", there.get(there.size() - 1));
            images.put(id, chain.expected.get(id));
            there.add(id);
            if (there.size() > KEPT) {
                merge(there);
            }
        }
    }

    /** The oldest one becomes a part of the next, as soon as nobody reads it by its name. */
    private void merge(List<String> there) throws IOException {
        images.remove(there.get(0));
        boolean merged = false;
        while (!merged) {
            try {
                store.merge(new MergeRequest(there.get(0), there.get(1), null), Progress.NONE);
                merged = true;
            } catch (IOException e) {
                assertThat(e.getMessage()).contains("is in use");
            }
        }
        there.remove(0);
    }
}
