package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hikae.api.job.Progress;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.FailingStep;
import org.hikae.media.testing.MadeOnce;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * R19, I3, I5: whatever step of a merge is the last one, or fails, there is the old chain or the new one; every generation of it
 * reads as before; and in the end nothing is left that nobody needs.
 */
class MergeCrashTest {

    private static final UUID HOME = new UUID(1, 1);

    @TempDir
    Path folder;

    private final MemoryDriver m = new MemoryDriver();
    private final MemoryDriver other = new MemoryDriver();
    private MadeOnce made;
    private TestChain chain;

    /** A full one and differentials, on media as the letters say. */
    private void makeChain(String on, String group) throws IOException {
        made = new MadeOnce(folder, m, other);
        chain = group == null ? new TestChain() : new TestChain(group);
        try (GenerationStore store = restart()) {
            String last = chain.fullWithLog(store, medium(on, 0), "o");
            for (int i = 1; i < on.length(); i++) {
                last = chain.upon(store, medium(on, i), last);
            }
        }
        made.keep();
    }

    private static String medium(String on, int number) {
        return on.substring(number, number + 1);
    }

    /** The platform after a restart: nothing of the one before is left but the media and the home. */
    private GenerationStore restart() throws IOException {
        m.fault = what -> {};
        other.fault = m.fault;
        TestMedia media = media().add("m", m, "").add("o", other, "");
        return new GenerationStore(media, made.home(), 1, 60_000, RollCall.PATIENCE);
    }

    /** The media of the home; none yet. */
    TestMedia media() {
        return new TestMedia(HOME);
    }

    private void fail(MemoryDriver.Fault fault) {
        m.fault = fault;
        other.fault = fault;
    }

    private static boolean merge(GenerationStore store, int from, int to, String medium) {
        try {
            store.merge(new MergeRequest("data@" + from, "data@" + to, medium), Progress.NONE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One chain or the other, whole. */
    private boolean check(GenerationStore store, int count, int from, int to) throws IOException {
        List<String> ids = TestChain.ids(store);
        boolean merged = from == to
                ? m.objects.keySet().stream().anyMatch(name -> name.equals("data@" + to + "/manifest-1"))
                        || other.objects.keySet().stream().anyMatch(name -> name.equals("data@" + to + "/manifest-1"))
                : !ids.contains("data@" + from);
        List<String> expected = IntStream.rangeClosed(1, count)
                .filter(i -> !merged || i < from || i >= to)
                .mapToObj(i -> "data@" + i)
                .collect(Collectors.toList());
        chain.check(store, expected.toArray(String[]::new));
        TestChain.checkNoGarbage(m, other);
        return merged;
    }

    @ParameterizedTest
    @CsvSource({"mmm,1,2,m,", "momo,2,4,o,g"})
    void aMergeThatDiesAtAnyStep(String on, int from, int to, String medium, String group) throws IOException {
        dieAtAnyStep(on, from, to, medium, group);
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    @CsvSource({
        "mmmm,1,3,m,",
        "mmmm,2,3,m,",
        "momo,1,3,m,g",
        "mmmm,1,3,o,",
        "mmmmmm,2,5,m,",
        "mmm,1,1,o,",
        "mm,2,2,o,",
        "mmmm,2,3,m,g",
        "mmmm,1,3,o,g",
        "mm,2,2,o,g"
    })
    void oneOfOtherShapeThatDiesAtAnyStep(String on, int from, int to, String medium, String group) throws IOException {
        dieAtAnyStep(on, from, to, medium, group);
    }

    private void dieAtAnyStep(String on, int from, int to, String medium, String group) throws IOException {
        int mergedThoughDead = 0;
        int notMerged = 0;
        boolean done = false;
        makeChain(on, group);
        for (int step = 0; !done; step++) {
            made.putBack();
            try (GenerationStore store = restart()) {
                store.survey();
                FailingStep last = FailingStep.deadAfter(step);
                fail(last);
                done = merge(store, from, to, medium) && !last.hasFailed();
            }
            try (GenerationStore store = restart()) {
                boolean merged = check(store, on.length(), from, to);
                mergedThoughDead += merged && !done ? 1 : 0;
                notMerged += merged ? 0 : 1;
                assertThat(merged || !done).isTrue();
                // It can be done, or gone on with.
                assertThat(merged || merge(store, from, to, medium)).isTrue();
                String child = chain.upon(store, "m", "data@" + to);
                chain.checkContent(store, child);
            }
        }
        assertThat(notMerged).isGreaterThan(10);
        assertThat(mergedThoughDead).isGreaterThan(3);
    }

    /** Without a restart: one step fails, and all others work. */
    @ParameterizedTest
    @CsvSource({"mmm,1,2,m,", "mm,2,2,o,g"})
    void aMergeOfWhichOneStepFails(String on, int from, int to, String medium, String group) throws IOException {
        boolean failed = true;
        makeChain(on, group);
        for (int step = 0; failed; step++) {
            made.putBack();
            try (GenerationStore store = restart()) {
                store.survey();
                FailingStep one = FailingStep.alone(step);
                fail(one);
                boolean done = merge(store, from, to, medium);
                failed = one.hasFailed();
                fail(what -> {});
                TestChain.ids(store);
                // What could not be deleted is when something is made on the medium.
                for (String each : List.of("m", "o")) {
                    store.create(chain.disk.request(each)).close();
                }
                assertThat(check(store, on.length(), from, to)).isEqualTo(done);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"mmmm,1,3,m,", "momo,1,3,o,g", "mmm,2,2,o,"})
    void aMediumThatIsFullAtAnyStep(String on, int from, int to, String medium, String group) throws IOException {
        makeChain(on, group);
        try (GenerationStore store = restart()) {
            boolean done = false;
            for (int step = 0; !done; step++) {
                AtomicInteger count = new AtomicInteger(step);
                fail(what -> {
                    boolean takesSpace = what.startsWith("write") || what.startsWith("create");
                    if (takesSpace && count.getAndDecrement() <= 0) {
                        throw new MediumFullException("the medium is full", null);
                    }
                });
                done = merge(store, from, to, medium);
                fail(what -> {});
                assertThat(check(store, on.length(), from, to)).isEqualTo(done);
            }
        }
    }
}
