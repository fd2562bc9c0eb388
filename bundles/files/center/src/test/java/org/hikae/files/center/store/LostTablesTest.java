package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.center.table.Unrecorded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that are empty or old find by themselves what is on the media (f.4). */
class LostTablesTest {

    private static final Query ALL = new Query("alice", null, null, false, null, true);

    private StoreRig rig;

    @BeforeEach
    void begin() throws IOException {
        rig = new StoreRig();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void send(long number, long base, String... paths) throws IOException {
        TestRun.Maker run = TestRun.small("alice", "docs", number, base);
        for (String path : paths) {
            run.file(path, 1, TestRun.content(path.hashCode(), 30_000));
        }
        TestRun made = run.end();
        while (!rig.store.stored(made.info()).complete()) {
            rig.send(made, 2);
        }
    }

    private List<String> paths() throws IOException {
        return rig.versions(ALL, 10).stream()
                .map(each -> each.version().path().toString())
                .toList();
    }

    private void sendToBoth() throws IOException {
        rig.use(StoreRig.OTHER);
        send(1, 0, "/a", "/b");
        rig.use(StoreRig.MEDIUM);
        send(2, 1, "/c");
    }

    @Test
    void emptyTablesHaveWhatIsOnAllMediaAfterTheStart() throws IOException {
        sendToBoth();
        rig.restartWithoutTables();
        assertThat(paths()).containsExactly("/a", "/b", "/c");
        assertThat(rig.store.isWhole()).isTrue();
        assertThat(rig.store.problems()).isEmpty();
    }

    @Test
    void aMediumThatIsNotThereIsNamedAndLookedAtWhenItIs() throws IOException {
        sendToBoth();
        rig.away.add(StoreRig.OTHER);
        rig.restartWithoutTables();
        assertThat(paths()).containsExactly("/c");
        assertThat(rig.store.isWhole()).isFalse();
        assertThat(rig.store.problems()).singleElement().asString().contains("'n'", "not plugged in");
        assertThat(rig.store.look(Progress.NONE)).isFalse();
        rig.away.clear();
        assertThat(rig.store.look(Progress.NONE)).isTrue();
        assertThat(paths()).containsExactly("/a", "/b", "/c");
        assertThat(rig.store.problems()).isEmpty();
    }

    @Test
    void aMediumWithoutFilesThatIsNotThereIsNoProblemLater() throws IOException {
        send(1, 0, "/a");
        rig.away.add(StoreRig.OTHER);
        rig.restart();
        assertThat(rig.store.look(Progress.NONE)).isTrue();
        assertThat(rig.store.problems()).isEmpty();
    }

    @Test
    void oldTablesFindMediaThatCameLaterAndTheHistoryIsToldOfWhatCame() throws Exception {
        send(1, 0, "/a");
        List<String> old = rig.script();
        rig.use(StoreRig.OTHER);
        send(2, 1, "/b");
        rig.use(StoreRig.MEDIUM);
        rig.tables().call(connection -> {
            List<Unrecorded> before = Unrecorded.oldest(connection, 100);
            Unrecorded.remove(connection, before.stream().map(Unrecorded::key).toList());
            return before;
        });
        rig.restartWith(old);
        assertThat(paths()).containsExactly("/a");
        rig.store.look(Progress.NONE);
        assertThat(paths()).containsExactly("/a", "/b");
        List<Unrecorded> noted = rig.tables().call(connection -> Unrecorded.oldest(connection, 100));
        assertThat(noted).extracting(Unrecorded::run).contains(new RunId("alice", "docs", 2));
    }

    @Test
    void aStartThatEndsAtAnyStepIsFinishedByTheNext() throws IOException {
        sendToBoth();
        int ended = 0;
        for (int opens = 0; ; opens++) {
            rig.medium().restart();
            try {
                rig.restartWithoutTables(opens);
            } catch (IOException e) {
                assertThat(rig.medium().hasStopped()).isTrue();
            }
            boolean stopped = rig.medium().hasStopped();
            if (stopped) {
                ended++;
                assertThat(rig.store.isWhole()).isFalse();
            }
            rig.restart();
            assertThat(paths()).containsExactly("/a", "/b", "/c");
            assertThat(rig.store.isWhole()).isTrue();
            if (!stopped) {
                break;
            }
        }
        assertThat(ended).isGreaterThan(3);
    }

    @Test
    void aRebuildThatEndsAtAnyStepIsFinishedByTheNextStart() throws IOException {
        sendToBoth();
        boolean stopped = true;
        for (int opens = 0; stopped; opens++) {
            rig.medium().opens = opens;
            try {
                rig.store.rebuild(Progress.NONE);
            } catch (IOException e) {
                assertThat(rig.medium().hasStopped()).isTrue();
            }
            stopped = rig.medium().hasStopped();
            rig.restart();
            assertThat(paths()).containsExactly("/a", "/b", "/c");
        }
    }

    @Test
    void tablesAreCompletedWithWhatBecameKnown() throws IOException {
        send(1, 0, "/a");
        rig.use(StoreRig.OTHER);
        send(2, 1, "/b");
        rig.use(StoreRig.MEDIUM);
        Map<String, byte[]> hidden = Map.copyOf(rig.media.get(StoreRig.OTHER).objects);
        rig.media.get(StoreRig.OTHER).objects.clear();
        rig.restartWithoutTables();
        assertThat(paths()).containsExactly("/a");
        rig.media.get(StoreRig.OTHER).objects.putAll(hidden);
        assertThat(rig.store.complete(Progress.NONE)).isEqualTo(Map.of("fileParts", (long) hidden.size()));
        assertThat(paths()).containsExactly("/a", "/b");
    }

    @Test
    void aPartThatWasCommittedWithoutAnybodyKnowingIsEnteredWhenMoreComes() throws IOException {
        TestRun run = TestRun.small("alice", "docs", 1, 0)
                .file("/a", 1, TestRun.content(1, 60_000))
                .end();
        // The medium has committed it, and the answer was an exception: two steps of the commit, of which the second
        // fails.
        PartWriter writer = rig.store.write(run.info());
        writer.write(ByteBuffer.wrap(run.frames().get(0)));
        rig.medium().left = 3;
        assertThatThrownBy(writer::commit).isInstanceOf(IOException.class);
        assertThat(rig.medium().objects).hasSize(1);
        rig.medium().restart();
        writer.close();
        assertThat(rig.store.stored(run.info()).frames()).isZero();
        try (PartWriter next = rig.store.write(run.info())) {
            assertThat(next.next()).isOne();
        }
        assertThat(rig.store.stored(run.info()).frames()).isOne();
        rig.sendAll(run);
        assertThat(paths()).containsExactly("/a");
        assertThat(rig.store.verify(null, Progress.NONE).damaged()).isZero();
    }

    /** R22: an object that was to go, and was entered again meanwhile, stays: others may refer to it. */
    @Test
    void whatWasEnteredAgainBeforeItWasDeletedStays() throws Exception {
        send(1, 0, "/a");
        send(2, 0, "/b");
        CrashMedium medium = rig.medium();
        List<Thread> looks = new ArrayList<>();
        medium.beforeDelete = name -> {
            if (looks.isEmpty() && !name.contains("runs")) {
                Thread look = new Thread(this::complete);
                looks.add(look);
                look.start();
                try {
                    // As long as the deletion goes on it has to wait; else it is at its end by then.
                    look.join(500);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        rig.store.retain("alice", new Retention(1, 0, 0, 0, 0, 0), Progress.NONE);
        assertThat(looks).hasSize(1);
        looks.get(0).join();
        assertThat(rig.store.verify(null, Progress.NONE).problems()).isEmpty();
        assertThat(paths()).containsExactly("/b");
    }

    private void complete() {
        try {
            rig.store.complete(Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void originsComePageByPage() throws IOException {
        for (String origin : List.of("alice", "bob", "bob@r", "carol")) {
            for (String backup : List.of("x", "y", "z")) {
                rig.sendAll(TestRun.make(origin, backup, 1, 0).end());
            }
        }
        for (int limit = 1; limit < 6; limit++) {
            List<String> all = new ArrayList<>();
            List<String> page;
            do {
                page = rig.store.origins(all.isEmpty() ? null : all.get(all.size() - 1), limit);
                all.addAll(page);
            } while (page.size() == limit);
            assertThat(all).containsExactly("alice", "bob", "bob@r", "carol");
        }
    }
}
