package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.backup.Retention;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore.Query;
import org.junit.jupiter.api.Test;

/** Equal content of several clients lies once on a medium, and each has its own all the same (R22). */
class SharingTest extends SharingFixture {

    static final byte[] EQUAL = random(1, 123_456);
    private static final byte[] OWN = random(2, 40_000);

    /** The tables as they were before anything was shared. */
    private List<String> before;

    static byte[] random(int seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    /** A run with the equal file behind others, so that it begins at another place for each client. */
    static TestRun run(String origin, long number) throws IOException {
        TestRun.Maker run = TestRun.small(origin, "docs", number, 0);
        for (int i = 0; i < origin.hashCode() % 7; i++) {
            run.file("/before" + i, i, random(origin.hashCode() + i, 3000));
        }
        run.file("/equal", 1, EQUAL).file("/own", 2, number == 1 && origin.equals("a") ? OWN : random(7, 300));
        return run.file("/empty", 3, new byte[0]).end();
    }

    private static Query now(String origin) {
        return new Query(origin, null, null, false, null, false);
    }

    /** Sends it in parts of so many frames. */
    private void send(TestRun run, int frames) throws IOException {
        while (!rig.send(run, frames).complete()) {
            assertThat(run.frames()).hasSizeGreaterThan(frames);
        }
    }

    private void check(TestRun run) throws IOException {
        String origin = run.info().id().origin();
        assertThat(rig.frames(run.info(), 0)).isEqualTo(RemovalTest.concat(run.frames()));
        Map<String, StoreRig.Restored> restored = rig.restored(now(origin));
        assertThat(restored.get("/equal").content()).isEqualTo(EQUAL);
        assertThat(restored.get("/empty").content()).isEmpty();
    }

    private long room() {
        return rig.medium().objects.values().stream()
                .mapToLong(each -> each.length)
                .sum();
    }

    private List<String> problems() throws IOException {
        return rig.store.verify(null, Progress.NONE).problems();
    }

    private void drop(String origin) throws IOException {
        rig.sendAll(TestRun.small(origin, "docs", 2, 0)
                .file("/else", 1, new byte[10])
                .end());
        rig.store.retain(origin, new Retention(1, 0, 0, 0, 0, 0), Progress.NONE);
    }

    @Test
    void equalContentLiesOnceAndIsGivenBackToEach() throws IOException {
        TestRun a = run("a", 1);
        TestRun b = run("b", 1);
        TestRun c = run("client", 1);
        rig.sendAll(a);
        send(b, 5);
        long totals = rig.store.totals().get("b").bytes();
        long before = room();
        rig.share();
        assertThat(room()).isLessThan(before - EQUAL.length + 5000);
        assertThat(rig.store.saved()).isBetween(EQUAL.length - 5000L, (long) EQUAL.length);
        assertThat(rig.store.isToShare(Progress.NONE)).isFalse();
        send(c, 7);
        rig.share();
        assertThat(room()).isLessThan(before + 10_000);
        for (TestRun each : List.of(a, b, c)) {
            check(each);
        }
        assertThat(rig.store.totals().get("b").bytes()).isEqualTo(totals);
        assertThat(problems()).isEmpty();
        rig.restartWithoutTables();
        for (TestRun each : List.of(a, b, c)) {
            check(each);
        }
        Map<String, byte[]> objects = rig.medium().snapshot();
        rig.share();
        assertThat(rig.medium().objects).isEqualTo(objects);
        assertThat(rig.store.saved()).isGreaterThan(2 * EQUAL.length - 10_000L);
        assertThat(rig.store.problems()).isEmpty();
    }

    @Test
    void oneIsDroppedAndTheOtherStays() throws IOException {
        TestRun a = run("a", 1);
        TestRun b = run("b", 1);
        rig.sendAll(a);
        rig.sendAll(b);
        rig.share();
        drop("a");
        rig.share();
        check(b);
        rig.restartWithoutTables();
        check(b);
        assertThat(problems()).isEmpty();
        drop("b");
        rig.share();
        assertThat(rig.medium().objects.keySet()).noneMatch(name -> name.contains("@common") || name.contains(".s"));
        assertThat(rig.store.problems()).isEmpty();
    }

    /** How it comes back after a crash. */
    private interface ComingBack {
        void run() throws Exception;
    }

    private void crashAtEachStep(ComingBack how) throws Exception {
        for (int step = 0; ; step++) {
            close();
            open();
            TestRun a = run("a", 1);
            TestRun b = run("b", 1);
            send(a, 9);
            send(b, 20);
            rig.store.isToShare(Progress.NONE);
            before = rig.script();
            rig.medium().left = step;
            boolean crashed = false;
            try {
                rig.share();
            } catch (IOException e) {
                crashed = true;
            }
            crashed |= rig.medium().hasStopped();
            how.run();
            check(a);
            check(b);
            assertThat(problems()).isEmpty();
            rig.share();
            check(a);
            check(b);
            assertThat(room()).as("after step " + step).isLessThan(EQUAL.length + OWN.length + 30_000L);
            drop("a");
            rig.share();
            check(b);
            drop("b");
            rig.share();
            assertThat(rig.medium().objects.keySet())
                    .as("after step " + step)
                    .noneMatch(name -> name.contains("@common") || name.matches(".*\\.s[0-9]+"));
            if (!crashed) {
                assertThat(step).isGreaterThan(20);
                return;
            }
        }
    }

    @Test
    void aCrashAtAnyStepLosesNothing() throws Exception {
        crashAtEachStep(() -> rig.restart());
    }

    @Test
    void tablesMadeAnewAtAnyStepHaveAll() throws Exception {
        crashAtEachStep(() -> rig.restartWithoutTables());
    }

    @Test
    void oldTablesAtAnyStepHaveAll() throws Exception {
        crashAtEachStep(() -> rig.restartWith(before));
    }

    @Test
    void damageOfOneDoesNotBecomeTheOthers() throws IOException {
        TestRun a = run("a", 1);
        TestRun b = run("b", 1);
        rig.sendAll(a);
        rig.sendAll(b);
        String part = PartName.part(a.info().id(), 0).toString();
        byte[] damaged = rig.medium().objects.get(part).clone();
        damaged[damaged.length / 2] ^= 1;
        rig.medium().objects.put(part, damaged);
        rig.share();
        check(b);
        assertThat(problems()).hasSize(1).allMatch(text -> text.contains("/equal") && text.contains("a/docs/1"));
    }

    @Test
    void bytesThatAreGoneAreNamedForAllThatHadThem() throws IOException {
        rig.sendAll(run("a", 1));
        rig.sendAll(run("b", 1));
        rig.share();
        rig.medium().objects.keySet().removeIf(name -> name.contains("@common"));
        rig.restart();
        assertThat(rig.store.problems()).isNotEmpty().allMatch(text -> text.contains("@common"));
        assertThat(problems()).anyMatch(text -> text.contains("/equal of run a/docs/1"));
        assertThat(problems()).anyMatch(text -> text.contains("/equal of run b/docs/1"));
        assertThat(problems()).noneMatch(text -> text.contains("/own"));
    }

    @Test
    void anotherContentOfWhichTheSameIsSaidStaysItsOwn() throws IOException {
        TestRun a = run("a", 1);
        rig.sendAll(a);
        byte[] other = EQUAL.clone();
        for (int i = 0; i < other.length; i += 5000) {
            other[i] ^= 1;
        }
        TestRun liar = TestRun.small("liar", "docs", 1, 0)
                .lie("/equal", 1, other, TestRun.sha256(EQUAL))
                .end();
        rig.sendAll(liar);
        long before = room();
        rig.share();
        assertThat(room()).isEqualTo(before);
        assertThat(rig.frames(liar.info(), 0)).isEqualTo(RemovalTest.concat(liar.frames()));
        check(a);
    }

    @Test
    void equalFilesOfOneRunLieOnceToo() throws IOException {
        TestRun run = TestRun.small("a", "docs", 1, 0)
                .file("/equal", 1, EQUAL)
                .file("/copy", 1, EQUAL)
                .file("/empty", 1, new byte[0])
                .end();
        rig.sendAll(run);
        rig.share();
        assertThat(room()).isLessThan(EQUAL.length + 20_000L);
        check(run);
    }

    @Test
    void contentOfOneMediumIsNotSoughtOnAnother() throws IOException {
        TestRun a = run("a", 1);
        TestRun b = run("b", 1);
        rig.sendAll(a);
        rig.use(StoreRig.OTHER);
        rig.sendAll(b);
        rig.share();
        rig.away.add(StoreRig.MEDIUM);
        rig.restart();
        check(b);
    }

    @Test
    void aMediumThatComesLateBringsWhatIsSharedThere() throws IOException {
        TestRun a = run("a", 1);
        TestRun b = run("b", 1);
        send(a, 8);
        rig.sendAll(b);
        rig.share();
        Map<String, byte[]> objects = rig.medium().snapshot();
        rig.use(StoreRig.OTHER);
        rig.away.add(StoreRig.MEDIUM);
        rig.restartWithoutTables();
        rig.share();
        assertThat(rig.stored(b.info().id()).frames()).isZero();
        rig.away.clear();
        assertThat(rig.store.look(Progress.NONE)).isTrue();
        check(a);
        check(b);
        rig.share();
        assertThat(rig.medium().objects).isEqualTo(objects);
        assertThat(problems()).isEmpty();
        drop("a");
        rig.share();
        check(b);
    }

    /** Whatever comes between, what is kept is there, and nothing else. */
    @Test
    void clientsComeAndGoMeanwhile() throws Exception {
        TestRun stays = run("stays", 1);
        rig.sendAll(stays);
        for (int round = 0; round < 6; round++) {
            TestRun goes = run("goes" + round, 1);
            rig.sendAll(goes);
            CompletableFuture<Void> sharing = CompletableFuture.runAsync(() -> {
                try {
                    rig.share();
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            if (round % 3 == 0) {
                rig.store.rebuild(Progress.NONE);
            } else if (round % 3 == 1) {
                rig.store.release(goes.info().id());
            }
            drop("goes" + round);
            sharing.join();
            check(stays);
            rig.share();
            check(stays);
        }
        assertThat(problems()).isEmpty();
        drop("stays");
        rig.share();
        assertThat(rig.medium().objects.keySet()).noneMatch(name -> name.contains("@common"));
        assertThat(room()).isLessThan(30_000);
    }

    @Test
    void whatIsReleasedMeanwhileIsGone() throws Exception {
        for (String when : List.of("@common", ".s1")) {
            for (String who : List.of("a", "b")) {
                close();
                open();
                TestRun a = run("a", 1);
                TestRun b = run("b", 1);
                rig.sendAll(a);
                rig.sendAll(b);
                TestRun gone = who.equals("a") ? a : b;
                AtomicBoolean done = new AtomicBoolean();
                rig.medium().beforeCreate = name -> {
                    if (name.contains(when) && done.compareAndSet(false, true)) {
                        CompletableFuture.runAsync(() -> {
                                    try {
                                        rig.store.release(gone.info().id());
                                    } catch (IOException e) {
                                        throw new CompletionException(e);
                                    }
                                })
                                .join();
                    }
                };
                rig.share();
                assertThat(done).isTrue();
                rig.restart();
                rig.share();
                check(gone == a ? b : a);
                String folder = "files/" + who + "/docs/0";
                assertThat(rig.medium().objects.keySet()).noneMatch(name -> name.startsWith(folder));
                rig.restartWithoutTables();
                check(gone == a ? b : a);
                assertThat(problems()).isEmpty();
            }
        }
    }

    @Test
    void whoReadsMeanwhileGoesOn() throws IOException {
        TestRun a = run("a", 1);
        rig.sendAll(a);
        rig.sendAll(run("b", 1));
        try (var channel = rig.store.frames(a.info().id(), 0)) {
            java.io.InputStream in = java.nio.channels.Channels.newInputStream(channel);
            byte[] first = in.readNBytes(100);
            rig.share();
            byte[] all = RemovalTest.concat(a.frames());
            assertThat(first).isEqualTo(java.util.Arrays.copyOf(all, 100));
            assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(all, 100, all.length));
        }
    }
}
