package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hikae.api.backup.Retention;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore.Dropped;
import org.hikae.files.center.store.CenterStore.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tables get to know in another order than it came, or not yet: nothing of it is lost (R22). */
class LateMediaTest {

    private static final Query NOW = new Query("alice", null, null, false, null, false);
    private static final Retention LAST = new Retention(1, 0, 0, 0, 0, 0);
    private static final byte[] OLD = TestRun.content(1, 30_000);
    private static final byte[] NEW = TestRun.content(2, 30_000);
    private static final byte[] NEWEST = TestRun.content(3, 30_000);

    private StoreRig rig;

    @BeforeEach
    void begin() throws IOException {
        rig = new StoreRig();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static TestRun.Maker run(long number) throws IOException {
        return TestRun.small("alice", "docs", number, number - 1);
    }

    private void sendInPieces(TestRun run) throws IOException {
        while (!rig.store.stored(run.info()).complete()) {
            rig.send(run, 2);
        }
    }

    /** A log is rotated between the runs, of which the second one is on another medium. */
    private void sendRotated() throws IOException {
        sendInPieces(run(1).file("/log", 1, OLD).end());
        rig.use(StoreRig.OTHER);
        sendInPieces(run(2).same("/log.1", 1, OLD.length, 1, "/log")
                .file("/log", 1, NEW)
                .end());
        rig.use(StoreRig.MEDIUM);
        sendInPieces(run(3).file("/log", 1, NEWEST).end());
    }

    private void checkRotated() throws IOException {
        assertThat(rig.store.look(Progress.NONE)).isTrue();
        var now = rig.restored(NOW);
        assertThat(now.keySet()).containsExactlyInAnyOrder("/log", "/log.1");
        assertThat(now.get("/log").content()).isEqualTo(NEWEST);
        assertThat(now.get("/log.1").content()).isEqualTo(OLD);
        assertThat(rig.store.verify(null, Progress.NONE).problems()).isEmpty();
    }

    @Test
    void contentOnAMediumThatComesLaterIsFound() throws IOException {
        rig.use(StoreRig.OTHER);
        sendInPieces(run(1).file("/x", 1, OLD).end());
        rig.use(StoreRig.MEDIUM);
        sendInPieces(run(2).gone("/x").same("/y", 1, OLD.length, 1, "/x").end());
        rig.away.add(StoreRig.OTHER);
        rig.restartWithoutTables();
        assertThat(rig.restored(NOW)).isEmpty();
        rig.away.clear();
        assertThat(rig.store.look(Progress.NONE)).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(rig.restored(NOW).keySet()).containsExactly("/y");
            assertThat(rig.restored(NOW).get("/y").content()).isEqualTo(OLD);
            rig.store.retain("alice", LAST, Progress.NONE);
        }
    }

    @Test
    void aRunWhosePartsComeInAnyOrderIsTheSame() throws IOException {
        TestRun run = run(1).file("/a", 1, OLD)
                .file("/b", 2, NEW)
                .same("/c", 3, NEW.length, 1, "/b")
                .file("/a", 4, NEWEST)
                .end();
        for (int i = 0; i < run.frames().size(); i++) {
            rig.use(i % 2 == 0 ? StoreRig.OTHER : StoreRig.MEDIUM);
            rig.send(run, 1);
        }
        rig.use(StoreRig.MEDIUM);
        rig.away.add(StoreRig.OTHER);
        rig.restartWithoutTables();
        rig.away.clear();
        assertThat(rig.store.look(Progress.NONE)).isTrue();
        checkWhole(run);
    }

    /** A part that is lost before the run is complete comes again, and those behind it are there. */
    @Test
    void aPartThatComesAgainCompletesThoseBehindIt() throws IOException {
        TestRun run = run(1).file("/a", 1, OLD)
                .file("/b", 2, NEW)
                .same("/c", 3, NEW.length, 1, "/b")
                .file("/a", 4, NEWEST)
                .end();
        int most = run.frames().size() - 1;
        for (int lost = 0; lost < most; lost++) {
            for (int i = 0; i < most; i++) {
                rig.send(run, 1);
            }
            rig.medium().objects.remove(PartName.part(run.info().id(), lost).toString());
            rig.restart();
            assertThat(rig.store.stored(run.info()).frames()).isEqualTo(lost);
            rig.send(run, 1);
            rig.sendAll(run);
            checkWhole(run);
            rig.close();
            rig = new StoreRig();
        }
    }

    /** Wherever it stops while that part is entered and those behind it are completed. */
    @Test
    void aPartThatComesAgainCompletesThoseBehindItInSpiteOfACrash() throws IOException {
        TestRun run = run(1).file("/a", 1, OLD)
                .file("/b", 2, NEW)
                .same("/c", 3, NEW.length, 1, "/b")
                .file("/a", 4, NEWEST)
                .end();
        int lost = 0;
        int opens = 0;
        while (lost < run.frames().size()) {
            for (int i = 0; i < run.frames().size(); i++) {
                rig.send(run, 1);
            }
            rig.medium().objects.remove(PartName.part(run.info().id(), lost).toString());
            rig.restart();
            rig.medium().opens = opens;
            try {
                rig.send(run, 1);
            } catch (CrashMedium.Crash e) {
                assertThat(rig.medium().hasStopped()).isTrue();
            }
            opens++;
            if (!rig.medium().hasStopped()) {
                lost++;
                opens = 0;
            }
            rig.restart();
            if (!rig.store.stored(run.info()).complete()) {
                rig.send(run, 1);
            }
            checkWhole(run);
            rig.close();
            rig = new StoreRig();
        }
    }

    /** A run refers to content of an earlier one, of which a part was lost and is found again. */
    @Test
    void whatRefersToContentThatComesBackHasItAgainInSpiteOfACrash() throws IOException {
        boolean stopped = true;
        for (int opens = 0; stopped; opens++) {
            sendInPieces(run(1).file("/a", 1, OLD).file("/b", 2, NEW).end());
            sendInPieces(run(2).gone("/a").same("/d", 1, OLD.length, 1, "/a").end());
            String lost = PartName.part(run(1).end().info().id(), 0).toString();
            byte[] object = rig.medium().objects.remove(lost);
            rig.restart();
            assertThat(rig.restored(NOW).keySet()).doesNotContain("/d");
            rig.medium().objects.put(lost, object);
            rig.medium().opens = opens;
            try {
                rig.store.complete(Progress.NONE);
            } catch (CrashMedium.Crash e) {
                assertThat(rig.medium().hasStopped()).isTrue();
            }
            stopped = rig.medium().hasStopped();
            rig.restart();
            assertThat(rig.restored(NOW).keySet()).containsExactlyInAnyOrder("/b", "/d");
            assertThat(rig.restored(NOW).get("/d").content()).isEqualTo(OLD);
            rig.close();
            rig = new StoreRig();
        }
    }

    private void checkWhole(TestRun run) throws IOException {
        assertThat(rig.store.stored(run.info()).complete()).isTrue();
        var now = rig.restored(NOW);
        assertThat(now.keySet()).containsExactlyInAnyOrder("/a", "/b", "/c");
        assertThat(now.get("/a").content()).isEqualTo(NEWEST);
        assertThat(now.get("/b").content()).isEqualTo(NEW);
        assertThat(now.get("/c").content()).isEqualTo(NEW);
    }

    /** What the medium that is away refers to is not known: so nothing goes. */
    @Test
    void nothingIsDroppedAsLongAsAMediumWasNotSeen() throws IOException {
        sendRotated();
        rig.away.add(StoreRig.OTHER);
        rig.restartWithoutTables();
        assertThat(rig.store.retain("alice", LAST, Progress.NONE)).isEqualTo(new Dropped(0, 0, 0, 0));
        rig.away.clear();
        checkRotated();
        assertThat(rig.store.retain("alice", LAST, Progress.NONE).runs()).isEqualTo(2);
        checkRotated();
    }

    @Test
    void whatWasDroppedBeforeIsNotSweptAsLongAsAMediumWasNotSeen() throws IOException {
        sendRotated();
        rig.store.retain("alice", LAST, Progress.NONE);
        checkRotated();
        rig.away.add(StoreRig.OTHER);
        rig.restartWithoutTables();
        rig.store.complete(Progress.NONE);
        rig.away.clear();
        checkRotated();
        rig.restartWithoutTables();
        checkRotated();
    }
}
