package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.Seal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * R19 with merges: an object is deleted when no manifest, no live run and no open reader needs it, and stays as long as that
 * cannot be told. What dead backups leave is in {@link GarbageTest}, what dead merges leave in {@link MergeCrashTest}.
 */
class R19Test extends StoreTestBase {

    private final TestChain chain = new TestChain();

    private MergeReport merge(String from, String to, String medium) throws IOException {
        return store.merge(new MergeRequest(from, to, medium), Progress.NONE);
    }

    /** As many generations, each upon the one before. */
    private String make(int count, String medium) throws IOException {
        String last = chain.full(store, medium);
        for (int i = 1; i < count; i++) {
            last = chain.upon(store, medium, last);
        }
        return last;
    }

    @Nested
    class Runs {

        /** Each cleans the medium while the other has written, and has no manifest yet. */
        @Test
        void twoOnOneMedium() throws IOException {
            make(3, "m");
            GenerationWriter run = store.create(chain.disk.request("m"));
            chain.disk.write(run, chain.disk.all(), null, null);
            store.merge(new MergeRequest("data@1", "data@2", null), new AtPhase("writing the index", () -> {
                store.create(chain.disk.request("m")).close(); // cleans
                chain.expected.put(run.id(), chain.disk.image.clone());
            }));
            run.seal(Seal.full(chain.disk.all(), null, Instant.EPOCH, 0));
            chain.check(store, "data@2", "data@3", run.id());
            TestChain.checkNoGarbage(m);
        }

        /** Two merges of one chain at once, each of which cleans the medium. */
        @Test
        void twoMergesOfOneChain() throws IOException {
            make(6, "m");
            store.merge(
                    new MergeRequest("data@4", "data@6", "logs"),
                    new AtPhase("writing the index", () -> merge("data@1", "data@3", null)));
            chain.check(store, "data@3", "data@6");
            TestChain.checkNoGarbage(m, logs);
        }
    }

    @Nested
    class Manifests {

        /** It may be one of a merge, which refers to whatever is older. */
        @Test
        void thatCannotBeReadKeepWhatTheyMayReferTo() throws IOException {
            make(3, "m");
            merge("data@1", "data@2", null);
            byte[] manifest = m.objects.put("data@2/manifest-1", new byte[7]);
            m.objects.put("data@1/data.07.0000", new byte[70]);
            m.objects.put("data@3/data.07.0000", new byte[70]);
            restart();
            assertThat(store.get("data@2").problem()).contains("data@2");
            make(1, "m");
            assertThat(m.objects.keySet()).contains("data@1/data.07.0000").doesNotContain("data@3/data.07.0000");
            m.objects.put("data@2/manifest-1", manifest);
            restart();
            chain.check(store, "data@2", "data@3", "data@4");
            TestChain.checkNoGarbage(m);
        }

        /** The highest one that is whole counts: this one never came to be, for all that is known. */
        @Test
        void thatAreHigherAndDamagedDoNotCount() throws IOException {
            make(3, "m");
            m.objects.put("data@2/manifest-1", new byte[7]);
            restart();
            chain.check(store, "data@1", "data@2", "data@3");
            assertThat(merge("data@1", "data@2", null).generation().id()).isEqualTo("data@2");
            assertThat(m.objects.keySet()).contains("data@2/manifest-2").doesNotContain("data@2/manifest-1");
            chain.check(store, "data@2", "data@3");
        }
    }

    @Nested
    class Readers {

        @Test
        void ofWhatBuildsUponAMergeGoOn() throws IOException {
            String newest = make(4, "m");
            try (GenerationReader before = store.open(newest);
                    GenerationReader ofResult = store.open("data@3")) {
                MergeReport report = merge("data@1", "data@3", "logs");
                assertThat(report.laterBytes()).isPositive();
                assertThat(TestChain.ids(store)).containsExactly("data@3", newest);
                chain.checkContent(before);
                chain.checkContent(ofResult);
                store.survey();
                make(1, "m");
                chain.checkContent(before);
                assertThat(m.objects.keySet()).anyMatch(name -> name.startsWith("data@1/data"));
                try (GenerationReader after = store.open(newest)) {
                    chain.checkContent(after);
                }
                ofResult.close();
                chain.checkContent(before);
            }
            // What was left for them is deleted by the last of them.
            TestChain.checkNoGarbage(m, logs);
            chain.check(store, "data@3", newest, "data@5");
        }

        /** A reader that has not yet opened what is merged while it reads. */
        @Test
        void thatReadAllOnlyAfterwards() throws IOException {
            String newest = make(5, "m");
            try (GenerationReader reader = store.open(newest)) {
                merge("data@3", "data@4", null);
                merge("data@1", "data@4", "logs");
                chain.checkContent(reader);
            }
            TestChain.checkNoGarbage(m, logs);
        }

        /** In the middle of the switch, and while manifests vanish one by one. */
        @Test
        @Timeout(60)
        void thatBeginMeanwhileLookAgain() throws Exception {
            String newest = make(12, "m");
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger read = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit((Callable<Void>) () -> {
                    while (!done.get()) {
                        chain.checkContent(store, newest);
                        assertThat(store.survey().generations()).allMatch(info -> info.problem() == null);
                        read.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (int from = 1; from < 11; from += 2) {
                int seen = read.get();
                merge("data@" + from, "data@" + (from + 2), from % 4 == 1 ? "logs" : "m");
                while (read.get() == seen && readers.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
            }
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get(60, TimeUnit.SECONDS);
            }
            assertThat(read.get()).isGreaterThan(4);
            threads.shutdown();
            chain.check(store, "data@11", newest);
            TestChain.checkNoGarbage(m, logs);
        }

        /** Right between the result's manifest and the end of those whose place it takes. */
        @Test
        void thatBeginAtEachStepOfTheSwitch() throws IOException {
            String newest = make(4, "m");
            int[] opened = new int[1];
            List<GenerationReader> open = new ArrayList<>();
            m.fault = what -> {
                if (what.matches("(commit|committed|delete) data@[1-4]/manifest.*")) {
                    open.add(store.open(newest));
                    opened[0]++;
                }
            };
            merge("data@1", "data@3", null);
            m.fault = what -> {};
            assertThat(opened[0]).isEqualTo(5);
            for (GenerationReader reader : open) {
                chain.checkContent(reader);
                reader.close();
            }
            TestChain.checkNoGarbage(m, logs);
        }
    }

    @Nested
    class Away {

        /** The medium of something swallowed goes away after the result is there, and comes back later. */
        @Test
        void whatIsSwallowedIsGoneWhenItsMediumIsBack() throws IOException {
            String first = chain.full(store, "logs");
            String second = chain.upon(store, "m", first);
            String third = chain.upon(store, "m", second);
            m.fault = what -> {
                if (what.equals("committed " + second + "/manifest-1")) {
                    media.stop("logs");
                }
            };
            MergeReport report = merge(first, second, "m");
            m.fault = what -> {};
            assertThat(report.laterBytes()).isPositive();
            assertThat(logs.objects).containsKey(first + "/manifest");
            chain.check(store, second, third);
            restart();
            merge(second, third, null);
            chain.check(store, third);
            media.add("logs", logs, "");
            assertThatThrownBy(() -> store.open(first)).hasMessageContaining("there is no generation");
            chain.check(store, third);
            assertThat(logs.objects).containsOnlyKeys("hikae-medium");
            TestChain.checkNoGarbage(m);
        }

        /** A move whose old place is away: there are two for a while, and one of them counts. */
        @Test
        void whatWasMovedIsNotTwice() throws IOException {
            String first = chain.full(store, "logs");
            String second = chain.upon(store, "m", first);
            m.fault = what -> {
                if (what.equals("committed " + first + "/manifest-1")) {
                    media.stop("logs");
                }
            };
            merge(first, first, "m");
            m.fault = what -> {};
            chain.check(store, first, second);
            logs.fault = what -> {
                if (what.startsWith("delete")) {
                    throw new IOException("cannot be deleted now");
                }
            };
            media.add("logs", logs, "");
            chain.check(store, first, second);
            assertThat(store.get(first).medium()).isEqualTo("m");
            assertThat(logs.objects).containsKey(first + "/manifest");
            logs.fault = what -> {};
            chain.check(store, first, second);
            assertThat(logs.objects).containsOnlyKeys("hikae-medium");
        }

        /** While the result was away, something was built upon what it had swallowed: that stays, and is said to be there. */
        @Test
        void whatWasBuiltUponMeanwhileStays() throws IOException {
            String first = chain.full(store, "m");
            String second = chain.upon(store, "m", first);
            String third = chain.upon(store, "m", second);
            logs.fault = what -> {
                if (what.equals("committed " + third + "/manifest-1")) {
                    m.fault = step -> {
                        throw new IOException("the process is dead");
                    };
                }
            };
            merge(second, third, "logs");
            logs.fault = what -> {};
            m.fault = logs.fault;
            media.stop("logs");
            restart();
            chain.check(store, first, second, third);
            String other = chain.upon(store, "m", second);
            media.add("logs", logs, "");
            chain.check(store, first, second, third, other);
            assertThat(store.get(third).medium()).isEqualTo("logs");
            store.remove(other);
            chain.check(store, first, third);
            TestChain.checkNoGarbage(m, logs);
        }
    }

    /** Nothing of the platform before is left but the media and the home. */
    private void restart() throws IOException {
        store.close();
        media.stop("m");
        media.add("m", m, "");
        store = new GenerationStore(media, home, 1);
    }
}
