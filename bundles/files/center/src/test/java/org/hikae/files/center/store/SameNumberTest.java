package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.files.center.store.CenterStore.Basis;
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
}
