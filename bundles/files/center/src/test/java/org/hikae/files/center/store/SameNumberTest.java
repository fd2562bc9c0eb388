package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.files.center.store.CenterStore.Basis;
import org.hikae.files.center.store.CenterStore.Standing;
import org.hikae.files.center.store.CenterStore.Stored;
import org.junit.jupiter.api.Test;

/** Two runs with one number, of a client whose numbers have begun again. */
class SameNumberTest extends StoreFixture {

    /** The client's numbers have begun again (I6): what is here is another run, and stays what it is. */
    @Test
    void anotherRunOfTheSameNumberIsNothingOfThis() throws IOException {
        TestRun one = first();
        TestRun other = first();
        rig.send(one, 1);
        for (int i = 0; i < 4; i++) {
            assertThat(rig.store.stored(other.info()))
                    .isEqualTo(new Stored(other.info().id(), 0, false));
            assertThat(rig.store.basis(other.info())).isEqualTo(Basis.OTHER);
            assertThatThrownBy(() -> rig.sendAll(other)).isInstanceOf(MissingBaseException.class);
            if (i == 0) {
                rig.restart();
            } else if (i == 1) {
                rig.restartWithoutTables();
            } else if (i == 2) {
                rig.sendAll(one);
                rig.store.release(one.info().id());
            }
        }
        assertThat(rig.store.stored(one.info()).complete()).isTrue();
        rig.store.askForFull("a", "docs", 7);
        assertThat(rig.store.fullWanted("a")).containsEntry("docs", 7L);
    }

    @Test
    void framesOfAnotherRunOfTheSameNumberAreRefused() throws IOException {
        TestRun one = first();
        TestRun other = first();
        try (PartWriter writer = rig.store.write(one.info())) {
            assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(other.frames().get(0))))
                    .isInstanceOf(RefusedFrameException.class);
        }
        rig.send(one, 1);
        try (PartWriter writer = rig.store.write(one.info())) {
            assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(other.frames().get(1))))
                    .isInstanceOf(RefusedFrameException.class);
        }
    }

    /** Tables are lost while a medium is away, and the client's numbers begin again: parts of two runs are not taken for one. */
    @Test
    void partsOfTwoRunsWithOneNumberAreNotMixed() throws IOException {
        TestRun one = first();
        TestRun other = first();
        rig.media.put("n", new CrashMedium());
        rig.send(one, 1);
        CrashMedium away = rig.media.remove(StoreRig.MEDIUM);
        rig.media.put(StoreRig.MEDIUM, new CrashMedium());
        rig.restartWithoutTables();
        rig.store.use("n");
        rig.send(other, 1);
        rig.send(other, 1);
        rig.media.put(StoreRig.MEDIUM, away);
        rig.restart();

        assertThat(rig.store.stored(other.info()).frames()).isEqualTo(2);
        assertThat(rig.store.stored(one.info()).frames()).isZero();
        assertThat(rig.store.problems()).anyMatch(problem -> problem.contains("another run that has the same number"));
        rig.store.use("n");
        rig.sendAll(other);
        assertThat(rig.restored(NOW).get("/d/big").content()).isEqualTo(BIG);
    }

    /**
     * Tables are lost while a medium is away that has the list of what was handed on, and the client's numbers begin again: what was handed on is
     * the other run, and this one is nowhere else (I6).
     */
    @Test
    void aRunIsNotTakenForAnotherOneOfItsNumberThatWasHandedOn() throws IOException {
        TestRun one = first();
        TestRun other = first();
        rig.sendAll(one);
        rig.store.release(one.info().id());
        rig.use(StoreRig.OTHER);
        rig.away.add(StoreRig.MEDIUM);
        rig.restartWithoutTables();
        rig.send(other, 1);
        rig.away.remove(StoreRig.MEDIUM);
        rig.restart();
        assertThat(rig.store.isWhole()).isTrue();
        assertThat(rig.store.stored(other.info()))
                .isEqualTo(new Stored(other.info().id(), 1, false));
        assertThat(standing(other)).isEqualTo(Standing.ABSENT);
        assertThat(rig.store.problems()).anyMatch(problem -> problem.contains("another run that has the same number"));

        rig.sendAll(other);
        rig.restart();
        assertThat(standing(other)).isEqualTo(Standing.HERE);
        assertThat(rig.restored(NOW).get("/d/big").content()).isEqualTo(BIG);

        Set<String> objects = Set.copyOf(rig.media.get(StoreRig.OTHER).objects.keySet());
        rig.restartWithoutTables();
        assertThat(rig.media.get(StoreRig.OTHER).objects).containsKeys(objects.toArray(String[]::new));
        assertThat(rig.store.problems()).anyMatch(problem -> problem.contains("another run that has the same number"));
    }

    private Standing standing(TestRun run) throws IOException {
        return rig.store.standing(new RunKey(run.info().id(), run.info().identity()));
    }

    /** Else nobody who builds upon what a hostile center above says could ever be asked for a full run again (I8). */
    @Test
    void numbersThatCannotBeAreAskedForByNobody() throws IOException {
        rig.sendAll(TestRun.make("a", "docs", 3, 0).end());
        for (long above : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, 100_000_000_000_000_000L}) {
            assertThatThrownBy(() -> rig.store.askForFull("a", "docs", above)).hasMessageContaining("cannot be");
        }
        assertThat(rig.store.fullWanted("a")).isEmpty();
        rig.store.askForFull("a", "docs", 3);
        assertThat(rig.store.fullWanted("a")).containsEntry("docs", 3L);
    }

    /** A client that was restored from an old copy has another run of the number upon which it builds. */
    @Test
    void aRunIsNotAppliedToAnotherOneOfTheNumberThatItBuildsUpon() throws IOException {
        TestRun here =
                TestRun.make("a", "docs", 1, 0).file("/x", 0, new byte[100]).end();
        TestRun elsewhere =
                TestRun.make("a", "docs", 1, 0).file("/x", 0, new byte[200]).end();
        TestRun next =
                TestRun.make("a", "docs", 2, 1).same("/y", 0, 100, 1, "/x").end();
        rig.sendAll(here);
        assertThat(rig.store.basis(upon(next, elsewhere))).isEqualTo(Basis.LACKING);
        assertThatThrownBy(() -> rig.store.write(upon(next, elsewhere))).isInstanceOf(MissingBaseException.class);
        assertThat(rig.store.basis(upon(next, here))).isEqualTo(Basis.HERE);
        assertThat(rig.store.basis(next.info())).isEqualTo(Basis.HERE);
        rig.restartWithoutTables();
        assertThat(rig.store.basis(upon(next, elsewhere))).isEqualTo(Basis.LACKING);
    }

    /** As long as not all of it is here, too. */
    @Test
    void aRunDoesNotWaitForAnotherOneOfTheNumberThatItBuildsUpon() throws IOException {
        TestRun here =
                TestRun.small("a", "docs", 1, 0).file("/x", 0, new byte[50_000]).end();
        TestRun elsewhere = TestRun.small("a", "docs", 1, 0).end();
        TestRun next = TestRun.make("a", "docs", 2, 1).end();
        rig.send(here, 1);
        assertThat(rig.store.basis(upon(next, here))).isEqualTo(Basis.COMING);
        assertThat(rig.store.basis(upon(next, elsewhere))).isEqualTo(Basis.LACKING);
    }

    private static RunInfo upon(TestRun run, TestRun base) {
        RunInfo info = run.info();
        return new RunInfo(
                info.id(),
                info.identity(),
                info.base(),
                base.info().identity(),
                info.taken(),
                info.window(),
                info.finish(),
                info.frames(),
                info.bytes(),
                info.files());
    }
}
