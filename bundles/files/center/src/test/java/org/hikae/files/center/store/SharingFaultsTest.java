package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.backup.Retention;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore.Query;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is damaged, away, full or untrue where equal content lies once holds for itself alone (R22, I6). */
class SharingFaultsTest extends SharingFixture {

    private static final int ROUNDS = 30;

    /** Sends the run of each, of which one file is equal. */
    private List<TestRun> send(String... origins) throws IOException {
        List<TestRun> runs = new ArrayList<>();
        for (String each : origins) {
            runs.add(SharingTest.run(each, 1));
            rig.sendAll(runs.get(runs.size() - 1));
        }
        return runs;
    }

    private void check(TestRun run) throws IOException {
        String origin = run.info().id().origin();
        assertThat(rig.frames(run.info(), 0)).isEqualTo(RemovalTest.concat(run.frames()));
        Map<String, StoreRig.Restored> restored = rig.restored(new Query(origin, null, null, false, null, false));
        assertThat(restored.get("/equal").content()).isEqualTo(SharingTest.EQUAL);
    }

    private void drop(String origin) throws IOException {
        rig.sendAll(TestRun.small(origin, "docs", 2, 0)
                .file("/else", 1, new byte[10])
                .end());
        rig.store.retain(origin, new Retention(1, 0, 0, 0, 0, 0), Progress.NONE);
    }

    private List<String> findings() throws IOException {
        return rig.store.verify(null, Progress.NONE).problems();
    }

    private static List<String> commons(CrashMedium medium) {
        return medium.objects.keySet().stream()
                .filter(name -> name.contains("@common"))
                .toList();
    }

    private static String form(TestRun run) {
        return PartName.part(run.info().id(), 0) + ".s1";
    }

    /** Flips a bit in what a form says of itself: so many bytes before its end. */
    private void flip(TestRun run, int behind) {
        byte[] damaged = rig.medium().objects.get(form(run)).clone();
        damaged[damaged.length - behind] ^= 1;
        rig.medium().objects.put(form(run), damaged);
    }

    /** What a form says of itself. */
    @Nested
    class ADamagedForm {

        @Test
        void isNamedWithTheFilesOfItsClientAlone() throws IOException {
            for (int behind : List.of(1, 20, 40)) {
                close();
                open();
                List<TestRun> runs = send("a", "b");
                rig.share();
                flip(runs.get(0), behind);
                assertThat(findings()).anyMatch(text -> text.contains("/equal of run a/docs/1"));
                assertThat(findings()).noneMatch(text -> text.contains("b/docs"));
                check(runs.get(1));
            }
        }

        @Test
        void freesNothingThatItMayReferTo() throws IOException {
            TestRun run = TestRun.small("a", "docs", 1, 0)
                    .file("/equal", 1, SharingTest.EQUAL)
                    .file("/copy", 1, SharingTest.EQUAL)
                    .end();
            rig.sendAll(run);
            rig.share();
            List<String> commons = commons(rig.medium());
            assertThat(commons).hasSize(1);
            flip(run, 20);
            rig.restartWithoutTables();
            assertThat(rig.store.problems()).anyMatch(text -> text.contains(form(run)));
            rig.share();
            assertThat(commons(rig.medium())).isEqualTo(commons);
            assertThat(rig.store.isToShare(Progress.NONE)).isFalse();
            flip(run, 20);
            rig.restartWithoutTables();
            check(run);
            drop("a");
            rig.share();
            assertThat(commons(rig.medium())).isEmpty();
        }

        @Test
        void goesWhereTheWholeObjectIsThereToo() throws IOException {
            List<TestRun> runs = send("a", "b");
            Map<String, byte[]> whole = rig.medium().snapshot();
            rig.share();
            String part = PartName.part(runs.get(0).info().id(), 0).toString();
            rig.medium().objects.put(part, whole.get(part));
            flip(runs.get(0), 20);
            rig.restartWithoutTables();
            rig.share();
            assertThat(rig.store.problems()).isEmpty();
            runs.forEach(run -> assertThat(rig.medium().objects).containsKey(form(run)));
            check(runs.get(0));
            check(runs.get(1));
            assertThat(findings()).isEmpty();
        }

        @Test
        void ofARunThatIsNotCompleteIsReceivedAgain() throws IOException {
            TestRun a = SharingTest.run("a", 1);
            rig.send(a, a.frames().size() - 1);
            send("b");
            // Of a file that goes on nobody says what it is: the content that is shared is whole.
            rig.share();
            byte[] form = rig.medium().objects.get(form(a));
            rig.medium().objects.put(form(a), Arrays.copyOf(form, form.length - 1));
            rig.restart();
            rig.sendAll(a);
            check(a);
        }
    }

    /** How it comes back. */
    private void comeBack(int how) throws IOException {
        if (how == 0) {
            rig.restart();
        } else if (how == 1) {
            rig.restartWithoutTables();
        } else {
            rig.store.rebuild(Progress.NONE);
        }
    }

    @Test
    void aBitThatFlipsAnywhereTakesNothingElseAway() throws IOException {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            close();
            open();
            List<TestRun> runs = send("a", "b");
            rig.share();
            Map<String, byte[]> objects = rig.medium().snapshot();
            List<String> names = List.copyOf(new TreeSet<>(objects.keySet()));
            String name = names.get(random.nextInt(names.size()));
            byte[] damaged = objects.get(name).clone();
            // Mostly where it says something of itself.
            int at = random.nextInt(random.nextBoolean() ? damaged.length : Math.min(300, damaged.length));
            damaged[random.nextBoolean() ? at : damaged.length - 1 - at] ^= (byte) (1 << random.nextInt(8));
            rig.medium().objects.put(name, damaged);
            comeBack(random.nextInt(3));
            rig.share();
            assertThat(findings()).isNotNull();
            comeBack(random.nextInt(3));
            rig.share();
            rig.medium().objects.put(name, objects.get(name));
            assertThat(rig.medium().objects)
                    .as("-Dhikae.seed=" + seed + ", round " + i)
                    .isEqualTo(objects);
            rig.restartWithoutTables();
            check(runs.get(0));
            check(runs.get(1));
            assertThat(findings()).isEmpty();
            assertThat(rig.store.problems()).isEmpty();
        }
    }

    @Test
    void whatIsIntactBesideBytesThatAreGoneIsGivenBack() throws IOException {
        send("a", "b");
        rig.share();
        rig.medium().objects.keySet().removeAll(commons(rig.medium()));
        rig.restart();
        assertThat(findings()).isNotEmpty().noneMatch(text -> text.contains("/before"));
        List<Version> small = rig.versions(new Query("a", null, null, false, null, false), 10).stream()
                .filter(version -> version.version().path().toString().startsWith("/before"))
                .toList();
        assertThat(small).hasSize(6);
        List<StoreRig.Restored> files = StoreRig.read(
                rig.store.content("a", small.stream().map(Version::id).toList(), 0));
        for (StoreRig.Restored each : files) {
            int which = each.file().path().toString().charAt("/before".length()) - '0';
            assertThat(each.content()).isEqualTo(SharingTest.random("a".hashCode() + which, 3000));
        }
    }

    /** Another medium of which nothing can be had, or on which nothing more can be put. */
    @Nested
    class AnotherMedium {

        @Test
        void thatIsAwayHoldsNothingUp() throws IOException {
            send("a", "b");
            rig.share();
            rig.use(StoreRig.OTHER);
            drop("a");
            drop("b");
            assertThat(commons(rig.medium())).isNotEmpty();
            rig.away.add(StoreRig.MEDIUM);
            rig.restart();
            List<TestRun> runs = send("c", "d");
            rig.share();
            assertThat(commons(rig.media.get(StoreRig.OTHER))).hasSize(1);
            assertThat(rig.store.isToShare(Progress.NONE)).isFalse();
            check(runs.get(0));
            rig.away.clear();
            rig.now = rig.now.plus(Duration.ofDays(1));
            rig.share();
            assertThat(commons(rig.medium())).isEmpty();
        }

        @Test
        void thatIsFullHoldsNothingUp() throws IOException {
            List<TestRun> runs = send("a", "b");
            rig.use(StoreRig.OTHER);
            send("c", "d");
            rig.medium().full = true;
            rig.share();
            assertThat(commons(rig.media.get(StoreRig.OTHER))).hasSize(1);
            assertThat(rig.store.isToShare(Progress.NONE)).isFalse();
            rig.medium().full = false;
            rig.now = rig.now.plus(Duration.ofDays(1));
            rig.share();
            assertThat(commons(rig.medium())).hasSize(1);
            check(runs.get(0));
            check(runs.get(1));
        }

        @Test
        void withAllThatIsOlderHidesNothing() throws IOException {
            send("a", "b", "c", "d", "e", "f", "g", "h", "i");
            rig.use(StoreRig.OTHER);
            List<TestRun> runs = send("y", "z");
            rig.share();
            assertThat(commons(rig.media.get(StoreRig.OTHER))).hasSize(1);
            check(runs.get(0));
            check(runs.get(1));
        }
    }

    @Test
    void oldTablesOfAMediumThatWasNotLookedAtFreeNothing() throws Exception {
        send("a", "b");
        rig.share();
        Map<String, byte[]> objects = rig.medium().snapshot();
        rig.use(StoreRig.OTHER);
        drop("a");
        drop("b");
        List<String> before = rig.script();
        rig.medium().objects.putAll(objects);
        rig.away.add(StoreRig.MEDIUM);
        rig.restartWith(before);
        rig.away.clear();
        rig.share();
        assertThat(commons(rig.medium())).hasSize(1);
    }

    /** As of a center that became a relay's. */
    @Test
    void whatNobodyHasAnyMoreGoesThoughNothingIsShared() throws IOException {
        send("a", "b");
        rig.share();
        drop("a");
        rig.store.discardShared(Progress.NONE);
        assertThat(commons(rig.medium())).hasSize(1);
        drop("b");
        rig.store.discardShared(Progress.NONE);
        assertThat(commons(rig.medium())).isEmpty();
    }

    /** Who says what others have of what he has makes nothing go on for ever. */
    @Test
    void untrueHashesDoNotKeepItGoing() throws IOException {
        byte[] other = SharingTest.random(3, 60_000);
        byte[] hashes = TestRun.sha256(other);
        rig.sendAll(TestRun.small("a", "docs", 1, 0)
                .file("/equal", 1, SharingTest.EQUAL)
                .file("/other", 1, other)
                .end());
        send("c");
        byte[] untrue = SharingTest.random(4, 60_000);
        rig.sendAll(TestRun.small("liar", "docs", 1, 0)
                .lie("/equal", 1, SharingTest.random(5, SharingTest.EQUAL.length), TestRun.sha256(SharingTest.EQUAL))
                .lie("/one", 1, untrue, hashes)
                .lie("/two", 1, untrue, hashes)
                .end());
        rig.share();
        rig.restartWithoutTables();
        AtomicInteger parts = new AtomicInteger();
        assertThat(rig.store.isToShare(Progress.NONE)).isTrue();
        rig.store.share(
                Progress.NONE, work -> assertThat(parts.incrementAndGet()).isLessThan(50));
        assertThat(rig.store.isToShare(Progress.NONE)).isFalse();
    }
}
