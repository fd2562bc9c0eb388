package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore.Basis;
import org.hikae.files.center.store.CenterStore.Findings;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.center.store.CenterStore.Stored;
import org.junit.jupiter.api.Test;

class StoreTest extends StoreFixture {

    @Test
    void whatWasReceivedIsListedAndGivenBack() throws IOException {
        TestRun run = first();
        assertThat(rig.sendAll(run))
                .isEqualTo(new Stored(run.info().id(), run.frames().size(), true));
        assertThat(paths(NOW)).containsExactly("/d@1", "/d/big@1", "/d/empty@1", "/d/small@1");
        Map<String, StoreRig.Restored> restored = rig.restored(NOW);
        assertThat(restored.get("/d/small").content()).isEqualTo(SMALL);
        assertThat(restored.get("/d/big").content()).isEqualTo(BIG);
        assertThat(restored.get("/d/big").file().mode()).isEqualTo(0600);
        assertThat(restored.get("/d/empty").content()).isEmpty();
        assertThat(restored.get("/d").content()).isNull();
        assertThat(rig.store.totals().get("a").versions()).isEqualTo(4);
        assertThat(rig.store.verify(null, Progress.NONE).problems()).isEmpty();
        assertThatThrownBy(() -> rig.sendAll(run)).isInstanceOf(AlreadyHereException.class);
    }

    @Test
    void eachFrameCanBeAPartOfItsOwn() throws IOException {
        TestRun run = first();
        for (int i = 1; i <= run.frames().size(); i++) {
            boolean complete = i == run.frames().size();
            assertThat(rig.send(run, 1)).isEqualTo(new Stored(run.info().id(), i, complete));
            rig.restart();
            assertThat(rig.store.stored(run.info()))
                    .isEqualTo(new Stored(run.info().id(), i, complete));
        }
        assertThat(rig.restored(NOW).get("/d/big").content()).isEqualTo(BIG);
        rig.restartWithoutTables();
        assertThat(rig.restored(NOW).get("/d/big").content()).isEqualTo(BIG);
        assertThat(rig.store.verify(null, Progress.NONE).problems()).isEmpty();
    }

    /** Versions that are whole can be had before the run is. */
    @Test
    void filesOfARunThatIsNotCompleteAreThere() throws IOException {
        TestRun run = first();
        rig.send(run, 1);
        assertThat(paths(NOW)).containsExactly("/d@1", "/d/small@1");
        assertThat(rig.store.runs()).isEmpty();
    }

    @Test
    void laterRunsReplaceAndEndVersions() throws IOException {
        rig.sendAll(first());
        rig.sendAll(TestRun.make("a", "docs", 2, 1)
                .file("/d/small", 0644, BIG)
                .gone("/d/empty")
                .same("/d/big", 0444, BIG.length, 1, "/d/big")
                .end());
        assertThat(paths(NOW)).containsExactly("/d@1", "/d/big@2", "/d/small@2");
        assertThat(paths(at(1))).containsExactly("/d@1", "/d/big@1", "/d/empty@1", "/d/small@1");
        assertThat(paths(ALL))
                .containsExactly("/d@1", "/d/big@1", "/d/big@2", "/d/empty@1", "/d/small@1", "/d/small@2");
        assertThat(rig.restored(NOW).get("/d/big").content()).isEqualTo(BIG);
        assertThat(rig.restored(NOW).get("/d/big").file().mode()).isEqualTo(0444);
        rig.sendAll(TestRun.make("a", "docs", 3, 0).file("/x", 0644, SMALL).end());
        assertThat(paths(NOW)).containsExactly("/x@3");
        assertThat(paths(at(2))).containsExactly("/d@1", "/d/big@2", "/d/small@2");
        assertThat(paths(new Query("a", "docs", FileName.parse("/d"), true, TestRun.taken(2), false)))
                .containsExactly("/d@1", "/d/big@2", "/d/small@2");
        assertThat(paths(new Query("a", "docs", FileName.parse("/d"), false, TestRun.taken(2), false)))
                .containsExactly("/d@1");
        assertThat(paths(new Query("a", "other", null, false, null, true))).isEmpty();
        assertThat(paths(new Query("b", null, null, false, null, true))).isEmpty();
    }

    /** R22: what a client refers to must have come from itself, and be here. */
    @Test
    void aReferenceToWhatIsNotHereIsRefused() throws IOException {
        rig.sendAll(first());
        rig.sendAll(TestRun.make("b", "docs", 1, 0).file("/secret", 0644, SMALL).end());
        for (TestRun bad : List.of(
                TestRun.make("a", "docs", 2, 1)
                        .same("/x", 0, SMALL.length, 1, "/secret")
                        .end(),
                TestRun.make("a", "docs", 2, 1)
                        .same("/x", 0, SMALL.length + 1, 1, "/d/small")
                        .end(),
                TestRun.make("a", "docs", 2, 1).same("/x", 0, 0, 1, "/d").end())) {
            assertThatThrownBy(() -> rig.sendAll(bad)).isInstanceOf(MissingReferenceException.class);
        }
        rig.medium().objects.keySet().removeIf(name -> name.startsWith("files/a/docs/0000000000000001.00000000"));
        TestRun good = TestRun.make("a", "docs", 2, 1)
                .same("/x", 0, SMALL.length, 1, "/d/small")
                .end();
        assertThatThrownBy(() -> rig.sendAll(good))
                .isInstanceOf(MissingReferenceException.class)
                .hasMessageContaining("damaged or not there any more");
        assertThat(rig.medium().objects.keySet()).noneMatch(name -> name.contains("docs/0000000000000002"));
    }

    @Test
    void furtherNamesOfAFileAreReferencesInItsRun() throws IOException {
        TestRun run = TestRun.make("a", "docs", 1, 0)
                .file("/one", 0644, BIG)
                .same("/two", 0644, BIG.length, 1, "/one")
                .same("/three", 0644, BIG.length, 1, "/two")
                .end();
        while (!rig.send(run, 1).complete()) {
            rig.restart();
        }
        assertThat(rig.restored(NOW).get("/three").content()).isEqualTo(BIG);
        rig.restartWithoutTables();
        assertThat(rig.restored(NOW).get("/three").content()).isEqualTo(BIG);
    }

    @Test
    void aRunNeedsWhatItBuildsUpon() throws IOException {
        TestRun one = first();
        TestRun two = TestRun.make("a", "docs", 2, 1).gone("/x").end();
        assertThat(rig.store.basis(two.info())).isEqualTo(Basis.LACKING);
        assertThatThrownBy(() -> rig.sendAll(two)).isInstanceOf(MissingBaseException.class);
        rig.send(one, 1);
        assertThat(rig.store.basis(two.info())).isEqualTo(Basis.COMING);
        assertThatThrownBy(() -> rig.sendAll(two)).isInstanceOf(MissingBaseException.class);
        rig.sendAll(one);
        assertThat(rig.store.basis(two.info())).isEqualTo(Basis.HERE);
        TestRun four = TestRun.make("a", "docs", 4, 0).end();
        rig.sendAll(four);
        assertThat(rig.store.basis(two.info())).isEqualTo(Basis.LACKING);
        assertThat(rig.store.basis(one.info())).isEqualTo(Basis.HERE);
        assertThat(rig.store.lastRuns("a")).containsExactly(Map.entry("docs", 4L));
        assertThatThrownBy(() -> rig.store.write(info(new RunId("../a", "docs", 1), 0)))
                .hasMessageContaining("cannot be");
        assertThatThrownBy(() -> rig.store.write(info(new RunId("a", "../x", 1), 0)))
                .hasMessageContaining("cannot be");
        assertThatThrownBy(() -> rig.store.write(info(new RunId("a", "x", 0), 0)))
                .hasMessageContaining("cannot be");
    }

    private static RunInfo info(RunId id, long base) {
        return new RunInfo(id, new UUID(9, id.number()), base, TestRun.BEGIN, null, false, 2, 0, 0);
    }

    @Test
    void aFullRunIsWantedUntilItIsHere() throws IOException {
        rig.sendAll(first());
        rig.store.askForFull("a", "docs", 0);
        assertThat(rig.store.fullWanted("a")).containsOnlyKeys("docs");
        rig.sendAll(TestRun.make("a", "docs", 2, 1).gone("/x").end());
        assertThat(rig.store.fullWanted("a")).containsOnlyKeys("docs");
        rig.sendAll(TestRun.make("a", "docs", 3, 0).end());
        assertThat(rig.store.fullWanted("a")).isEmpty();
    }

    @Test
    void aBadFrameEndsAPartAndWhatCameBeforeStays() throws IOException {
        TestRun run = first();
        byte[] bad = run.frames().get(1).clone();
        bad[bad.length / 2] ^= 1;
        for (byte[] wrong :
                List.of(bad, run.frames().get(2), new byte[10], run.frames().get(0))) {
            rig.restartWithoutTables();
            rig.medium().objects.clear();
            rig.restartWithoutTables();
            try (PartWriter writer = rig.store.write(run.info())) {
                writer.write(ByteBuffer.wrap(run.frames().get(0)));
                assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(wrong)))
                        .isInstanceOf(RefusedFrameException.class);
                assertThatThrownBy(
                                () -> writer.write(ByteBuffer.wrap(run.frames().get(1))))
                        .isInstanceOf(RefusedFrameException.class);
                assertThat(writer.commit().frames()).isEqualTo(1);
            }
            assertThat(rig.sendAll(run).complete()).isTrue();
        }
    }

    @Test
    void framesOfAnotherRunAreRefused() throws IOException {
        TestRun run = first();
        TestRun other = TestRun.make("a", "docs", 1, 0).file("/other", 0, BIG).end();
        rig.send(run, 1);
        try (PartWriter writer = rig.store.write(run.info())) {
            assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(other.frames().get(1))))
                    .isInstanceOf(RefusedFrameException.class);
        }
        TestRun two = TestRun.make("a", "docs", 2, 0).end();
        try (PartWriter writer = rig.store.write(info(new RunId("a", "docs", 3), 0))) {
            assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(two.frames().get(0))))
                    .isInstanceOf(RefusedFrameException.class);
            assertThat(writer.commit().frames()).isZero();
        }
        assertThat(rig.medium().objects).hasSize(1);
    }

    @Test
    void oneWriterWritesARun() throws IOException {
        TestRun run = first();
        try (PartWriter writer = rig.store.write(run.info())) {
            assertThatThrownBy(() -> rig.store.write(run.info())).hasMessageContaining("is being received already");
            writer.write(ByteBuffer.wrap(run.frames().get(0)));
        }
        assertThat(rig.store.stored(run.info()).frames()).isZero();
        assertThat(rig.sendAll(run).complete()).isTrue();
    }

    @Test
    void damageIsFoundAndNamed() throws IOException {
        rig.sendAll(first());
        rig.sendAll(TestRun.make("a", "docs", 2, 1)
                .same("/same", 0, BIG.length, 1, "/d/big")
                .end());
        String name = rig.medium().objects.firstKey();
        byte[] good = rig.medium().objects.get(name);
        for (int at = 0; at < good.length; at += Math.max(1, good.length / 100)) {
            byte[] bad = good.clone();
            bad[at] ^= 0x40;
            rig.medium().objects.put(name, bad);
            Findings findings = rig.store.verify("a", Progress.NONE);
            assertThat(findings.damaged()).as("byte %s of %s", at, good.length).isPositive();
        }
        byte[] bad = good.clone();
        bad[good.length / 2] ^= 1;
        rig.medium().objects.put(name, bad);
        assertThat(rig.store.verify(null, Progress.NONE).problems())
                .anyMatch(text -> text.startsWith("/d/big of run a/docs/1: "))
                .anyMatch(text -> text.startsWith("/same of run a/docs/2: "));
        rig.medium().objects.put(name, good);
        assertThat(rig.store.verify(null, Progress.NONE).problems()).isEmpty();
        rig.medium().objects.remove(name);
        assertThat(rig.store.verify(null, Progress.NONE).problems())
                .anyMatch(text -> text.startsWith("/d/small of run a/docs/1: "));
        assertThat(rig.store.verify("b", Progress.NONE).parts()).isZero();
    }

    @Test
    void whatIsGoneFromTheMediumIsNotListed() throws IOException {
        TestRun run = first();
        rig.send(run, 1);
        rig.sendAll(run);
        rig.medium().objects.remove(rig.medium().objects.lastKey());
        rig.medium().complete = false;
        rig.restart();
        assertThat(rig.store.stored(run.info()).complete()).isTrue();
        rig.medium().complete = true;
        rig.restart();
        assertThat(rig.store.stored(run.info())).isEqualTo(new Stored(run.info().id(), 1, false));
        assertThat(paths(ALL)).containsExactly("/d@1", "/d/small@1");
        assertThat(rig.store.problems()).anyMatch(text -> text.contains("is gone from medium 'm'"));
        assertThat(rig.sendAll(run).complete()).isTrue();
        assertThat(rig.restored(NOW).get("/d/big").content()).isEqualTo(BIG);
    }

    @Test
    void aDamagedPartIsReceivedAgain() throws IOException {
        TestRun run = first();
        rig.send(run, 1);
        byte[] bytes = rig.medium().objects.firstEntry().getValue();
        bytes[bytes.length - 60] ^= 1;
        rig.restartWithoutTables();
        assertThat(rig.store.problems()).anyMatch(text -> text.contains("is left out"));
        assertThat(rig.store.stored(run.info()).frames()).isZero();
        assertThat(rig.sendAll(run).complete()).isTrue();
    }

    @Test
    void unknownVersionsAndThoseOfOthersAreNotGiven() throws IOException {
        rig.sendAll(first());
        String id = rig.versions(NOW, 10).get(1).id();
        assertThat(StoreRig.read(rig.store.content("a", List.of(id, id), 1))).hasSize(1);
        for (String wrong : List.of(id + "9", "docs/1/0.999", "docs/9/0.1", "x", "docs/99999999999999999999/0.1")) {
            assertThatThrownBy(() -> rig.store.content("a", List.of(wrong), 0)).isInstanceOf(NoSuchFileException.class);
        }
        assertThatThrownBy(() -> rig.store.content("b", List.of(id), 0)).isInstanceOf(NoSuchFileException.class);
        assertThat(StoreRig.read(rig.store.content(NOW, 3))).hasSize(1);
        assertThatThrownBy(() -> rig.store.versions(NOW, "x", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longPathsAreKeptApart() throws IOException {
        String head = "/" + "x".repeat(1500);
        String deep = ("/" + "y".repeat(200)).repeat(20);
        rig.sendAll(TestRun.make("a", "docs", 1, 0)
                .file(head + "1", 0, SMALL)
                .file(head + "2", 0, BIG)
                .folder(deep, 0)
                .file(deep + "/f", 0, SMALL)
                .file(deep + "x", 0, SMALL)
                .file("/\\xff\\xfe", 0, SMALL)
                .end());
        assertThat(rig.restored(NOW)).hasSize(6).containsKeys(head + "1", "/\\xff\\xfe");
        assertThat(rig.restored(NOW).get(head + "2").content()).isEqualTo(BIG);
        assertThat(rig.restored(new Query("a", null, FileName.parse(deep), true, null, false))
                        .keySet())
                .containsExactlyInAnyOrder(deep, deep + "/f");
    }

    @Test
    void rebuildMakesTheTablesAnew() throws IOException {
        rig.sendAll(first());
        rig.media.put("n", new CrashMedium());
        rig.store.use("n");
        rig.sendAll(TestRun.make("a", "docs", 2, 1)
                .same("/same", 0, BIG.length, 1, "/d/big")
                .end());
        assertThat(rig.media.get("n").objects).hasSize(1);
        assertThat(rig.store.rebuild(Progress.NONE)).isEqualTo(Map.of("fileParts", 2L));
        assertThat(rig.restored(NOW).get("/same").content()).isEqualTo(BIG);
        assertThat(rig.store.problems()).isEmpty();
    }
}
