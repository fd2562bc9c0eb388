package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.files.center.store.CenterStore.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a run is that was received (R23). */
class StandingTest {

    private StoreRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new StoreRig();
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private RunInfo send(long number) throws IOException {
        TestRun run = TestRun.make("alice", "docs", number, number - 1)
                .file("/f", 0644, new byte[] {(byte) number})
                .end();
        rig.sendAll(run);
        return run.info();
    }

    private Standing of(RunInfo run) throws IOException {
        return rig.store.standing(new RunKey(run.id(), run.identity()));
    }

    @Test
    void whatWasHandedOnIsElsewhereAlsoWhenItIsNotRememberedAnyMore() throws IOException {
        RunInfo first = send(1);
        assertThat(of(first)).isEqualTo(Standing.HERE);
        assertThat(rig.store.standing(new RunKey(first.id(), new UUID(9, 9)))).isEqualTo(Standing.ABSENT);
        assertThat(rig.store.standing(new RunKey(new RunId("bob", "docs", 1), first.identity())))
                .isEqualTo(Standing.ABSENT);
        rig.store.release(first.id());
        assertThat(of(first)).isEqualTo(Standing.ELSEWHERE);

        for (long number = 2; number <= 103; number++) {
            rig.store.release(send(number).id());
        }

        assertThat(of(first)).isEqualTo(Standing.ELSEWHERE);
    }

    @Test
    void aRunOfWhichNotAllIsHereIsAbsent() throws IOException {
        TestRun run = TestRun.make("alice", "docs", 1, 0)
                .file("/f", 0644, new byte[3_000_000])
                .end();
        try (PartWriter writer = rig.store.write(run.info())) {
            writer.write(ByteBuffer.wrap(run.frames().get(0)));
            writer.commit();
        }

        assertThat(of(run.info())).isEqualTo(Standing.ABSENT);
    }
}
