package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.api.job.Progress;
import org.hikae.api.media.MergeRequest;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.Evictor;
import org.hikae.media.testing.FailingStep;
import org.hikae.media.testing.MadeOnce;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * I1, I3, R19 with a second tier: whatever step of an eviction, a removal or a merge is the last one, or fails, every generation that
 * is there reads as before, what was removed does not come back, and in the end neither the media nor the second tier have anything
 * that nobody needs.
 */
class TierCrashTest {

    private static final UUID HOME = new UUID(1, 1);
    private static final String[] ALL = {"data@1", "data@2", "data@3"};

    /** What is interrupted. */
    enum What {
        /** Of a generation with its log on another medium. */
        EVICT {
            @Override
            void run(GenerationStore store) throws IOException {
                store.evict("data@1");
            }

            @Override
            boolean isDone(GenerationStore store) throws IOException {
                return store.places().get("data@1").nearBytes() == 0;
            }

            @Override
            String[] after() {
                return ALL;
            }
        },
        /** Of one that lies in both. */
        REMOVE {
            @Override
            void run(GenerationStore store) throws IOException {
                store.remove("data@3");
            }

            @Override
            String[] after() {
                return new String[] {"data@1", "data@2"};
            }
        },
        /** Of one that is evicted with one that is not. */
        MERGE {
            @Override
            void run(GenerationStore store) throws IOException {
                store.merge(new MergeRequest("data@2", "data@3", null), Progress.NONE);
            }

            @Override
            String[] after() {
                return new String[] {"data@1", "data@3"};
            }
        },
        /** Of everything, to another medium. */
        MERGE_AWAY {
            @Override
            void run(GenerationStore store) throws IOException {
                store.merge(new MergeRequest("data@1", "data@3", "o"), Progress.NONE);
            }

            @Override
            String[] after() {
                return new String[] {"data@3"};
            }
        };

        abstract void run(GenerationStore store) throws IOException;

        /** Ids of what is there then. */
        abstract String[] after();

        /** Whether it has happened. */
        boolean isDone(GenerationStore store) throws IOException {
            return TestChain.ids(store).equals(List.of(after()));
        }
    }

    @TempDir
    Path folder;

    private final MemoryDriver m = new MemoryDriver();
    private final MemoryDriver o = new MemoryDriver();
    private final MemoryTier tier = new MemoryTier();
    private MadeOnce made;
    private SortedMap<String, MemoryTier.Held> onTier;
    private final TestChain chain = new TestChain();

    /** A full one with its log on another medium, in both; one in the second tier alone; and one in both. */
    private void make() throws IOException {
        made = new MadeOnce(folder, m, o);
        try (GenerationStore store = restart()) {
            chain.fullWithLog(store, "m", "o");
            chain.upon(store, "m", "data@1");
            chain.upon(store, "m", "data@2");
            for (String id : ALL) {
                Copying.copy(store, tier, id);
            }
            store.evict("data@2");
        }
        made.keep();
        onTier = tier.copy();
    }

    /** All as it was made, in a home that remembers no more than was so then. */
    private void putBack() throws IOException {
        made.putBack();
        tier.copies.clear();
        tier.copies.putAll(onTier);
    }

    /** All there is now: what lies on the media, in the second tier and in the home, by its name. */
    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        m.objects.forEach((name, bytes) -> state.put("m " + name, HexFormat.of().formatHex(bytes)));
        o.objects.forEach((name, bytes) -> state.put("o " + name, HexFormat.of().formatHex(bytes)));
        tier.copies.forEach((name, held) -> state.put("tier " + name, held.proven() + " " + held.problem()));
        Path home = made.home();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                state.put(home.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return state;
    }

    private GenerationStore restart() throws IOException {
        fail(what -> {});
        TestMedia media = new TestMedia(HOME).add("m", m, "").add("o", o, "");
        media.tier = tier;
        return new GenerationStore(media, made.home(), 1, 60_000, RollCall.PATIENCE);
    }

    private void fail(MemoryDriver.Fault fault) {
        m.fault = fault;
        o.fault = fault;
        tier.fault = fault;
    }

    private static boolean run(What what, GenerationStore store) {
        try {
            what.run(store);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void check(GenerationStore store, String... ids) throws IOException {
        chain.check(store, ids);
        TestChain.checkNoGarbage(m, o);
        for (MemoryDriver driver : List.of(m, o)) {
            assertThat(needed()).containsAll(tier.names(Evictor.id(driver)));
        }
    }

    /** Names of the objects that manifests on the media refer to, and of these. */
    private Set<String> needed() throws IOException {
        Set<String> needed = new HashSet<>();
        for (MemoryDriver driver : List.of(m, o)) {
            for (String name : driver.names()) {
                GenerationId id = GenerationId.ofObject(name).orElseThrow();
                if (id.revisionOfManifest(name).isPresent()) {
                    needed.add(name);
                    ManifestCodec.decode(id, driver.objects.get(name)).all().forEach(ref -> needed.add(ref.name()));
                }
            }
        }
        return needed;
    }

    @ParameterizedTest
    @EnumSource(names = {"EVICT", "REMOVE"})
    void thatDiesAtAnyStep(What what) throws IOException {
        dieAtAnyStep(what);
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "MERGE_AWAY"})
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void ofManyStepsThatDiesAtAnyOfThem(What what) throws IOException {
        dieAtAnyStep(what);
    }

    /** A step that has changed nothing leaves what the one before has left, which is not looked at again. */
    private void dieAtAnyStep(What what) throws IOException {
        make();
        int notDone = 0;
        boolean finished = false;
        boolean done = false;
        Map<String, String> left = Map.of();
        for (int step = 0; !finished; step++) {
            putBack();
            finished = die(what, step);
            Map<String, String> now = state();
            if (finished || !now.equals(left)) {
                done = checkAfter(what, finished);
                left = now;
            }
            notDone += done ? 0 : 1;
        }
        assertThat(notDone).isGreaterThan(5);
    }

    /** @return whether it was done before that step */
    private boolean die(What what, int step) throws IOException {
        try (GenerationStore store = restart()) {
            store.survey();
            FailingStep last = FailingStep.deadAfter(step);
            fail(last);
            return run(what, store) && !last.hasFailed();
        }
    }

    /** @return whether it had happened before */
    private boolean checkAfter(What what, boolean finished) throws IOException {
        try (GenerationStore store = restart()) {
            store.survey();
            boolean done = what.isDone(store);
            check(store, done ? what.after() : ALL);
            assertThat(done || !finished).isTrue();
            // It can be done, or gone on with, and what was deleted stays so.
            assertThat(done || run(what, store)).isTrue();
            check(store, what.after());
            return done;
        }
    }

    /** Without a restart: one step fails, and all others work. */
    @ParameterizedTest
    @EnumSource(What.class)
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void ofWhichOneStepFails(What what) throws IOException {
        make();
        boolean failed = true;
        for (int step = 0; failed; step++) {
            putBack();
            try (GenerationStore store = restart()) {
                store.survey();
                FailingStep one = FailingStep.alone(step);
                fail(one);
                boolean done = run(what, store);
                failed = one.hasFailed();
                fail(each -> {});
                store.survey();
                // What could not be deleted is when something is made on the medium.
                for (String each : List.of("m", "o")) {
                    store.create(chain.disk.request(each)).close();
                }
                assertThat(!done || what.isDone(store)).isTrue();
                check(store, what.isDone(store) ? what.after() : ALL);
            }
        }
    }

    /** The second tier fails from some step on, and the media do not: its registry is on a full disk, say. */
    @ParameterizedTest
    @EnumSource(What.class)
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void whileTheTierFailsFromAnyStepOn(What what) throws IOException {
        make();
        boolean failed = true;
        for (int step = 0; failed; step++) {
            putBack();
            try (GenerationStore store = restart()) {
                store.survey();
                FailingStep first = FailingStep.fromThenOn(step, "the registry of tapes cannot be written");
                tier.fault = first;
                run(what, store);
                failed = first.hasFailed();
            }
            try (GenerationStore store = restart()) {
                store.survey();
                for (String each : List.of("m", "o")) {
                    store.create(chain.disk.request(each)).close();
                }
                check(store, what.isDone(store) ? what.after() : ALL);
            }
        }
    }
}
