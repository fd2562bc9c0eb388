package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.hikae.api.backup.Retention;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.Medium;
import org.hikae.files.center.common.CommonArea;
import org.hikae.files.center.store.CenterStore.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A medium that hangs while it is opened holds up who wants it, for a time, and nobody else. */
@Timeout(120)
class HangingMediumTest {

    private static final Query NOW = new Query("alice", null, null, false, null, false);
    private static final byte[] OLD = TestRun.content(1, 30_000);
    private static final byte[] NEW = TestRun.content(2, 30_000);

    private StoreRig rig;

    @BeforeEach
    void begin() throws IOException {
        rig = new StoreRig();
        rig.use(StoreRig.OTHER);
        rig.sendAll(docs(1).file("/old", 1, OLD).end());
        rig.use(StoreRig.MEDIUM);
        rig.patience = Duration.ofSeconds(3);
    }

    @AfterEach
    void end() {
        rig.hanging.endAll();
        rig.close();
    }

    private static TestRun.Maker docs(long number) throws IOException {
        return TestRun.small("alice", "docs", number, number - 1);
    }

    private static TestRun other() throws IOException {
        return TestRun.small("bob", "home", 1, 0).file("/new", 1, NEW).end();
    }

    private void checkTold() {
        assertThat(rig.store.problems()).anyMatch(text -> text.contains("'n'") && text.contains("does not open"));
    }

    private void checkOld() throws IOException {
        assertThat(rig.restored(NOW).get("/old").content()).isEqualTo(OLD);
    }

    /** What hung opens by itself, a moment after it answers. */
    private void lookUntilAllIsSeen() throws IOException {
        while (!rig.store.problems().isEmpty()) {
            rig.store.look(Progress.NONE);
        }
        assertThat(rig.store.isWhole()).isTrue();
    }

    @Test
    void theCenterBeginsWithoutIt() throws IOException {
        rig.hanging.begin(StoreRig.OTHER);
        rig.restart();
        checkTold();
        assertThat(rig.versions(NOW, 10)).hasSize(1);
        assertThat(rig.sendAll(other()).complete()).isTrue();
        rig.store.retain("bob", new Retention(1, 0, 0, 0, 0, 0), Progress.NONE);
        assertThatThrownBy(this::checkOld).hasMessageContaining("does not open");
        rig.store.look(Progress.NONE);
        checkTold();

        rig.hanging.end(StoreRig.OTHER);
        lookUntilAllIsSeen();
        checkOld();
    }

    @Test
    void aRebuildLeavesItAlone() throws IOException {
        TestRun other = other();
        rig.sendAll(other);
        rig.hanging.begin(StoreRig.OTHER);
        rig.restartWithoutTables();
        rig.store.rebuild(Progress.NONE);
        checkTold();
        assertThat(rig.store.isWhole()).isFalse();
        assertThat(rig.store.stored(other.info()).complete()).isTrue();

        rig.hanging.end(StoreRig.OTHER);
        lookUntilAllIsSeen();
        checkOld();
    }

    /** It was away when the center began, so that it is not open. */
    private void becomeKnownAndClosed() throws IOException {
        rig.away.add(StoreRig.OTHER);
        rig.restart();
        rig.hanging.begin(StoreRig.OTHER);
        rig.away.clear();
    }

    private CompletableFuture<Void> async(IoWork work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private interface IoWork {
        void run() throws IOException;
    }

    @Test
    void whoReadsWaitsAndOthersDoNot() throws Exception {
        becomeKnownAndClosed();
        CompletableFuture<Void> reader = async(this::checkOld);
        rig.hanging.awaitReached(StoreRig.OTHER);
        assertThat(rig.sendAll(other()).complete()).isTrue();
        assertThat(rig.versions(NOW, 10)).hasSize(1);
        assertThatThrownBy(reader::get).isInstanceOf(ExecutionException.class).hasStackTraceContaining("does not open");
        rig.hanging.end(StoreRig.OTHER);
        checkOldSoon();
    }

    /** What hung opens by itself, a moment after it answers. */
    private void checkOldSoon() throws IOException {
        while (true) {
            try {
                checkOld();
                return;
            } catch (UnopenedException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void whatRefersToItWaitsWithNothingHeld() throws Exception {
        becomeKnownAndClosed();
        TestRun refers =
                docs(2).gone("/old").same("/moved", 1, OLD.length, 1, "/old").end();
        CompletableFuture<Void> sender = async(() -> rig.sendAll(refers));
        rig.hanging.awaitReached(StoreRig.OTHER);
        rig.store.use(StoreRig.MEDIUM); // closes the gate
        assertThat(rig.sendAll(other()).complete()).isTrue();
        assertThatThrownBy(sender::get).hasStackTraceContaining("does not open");
        assertThat(rig.store.stored(refers.info()).frames()).isZero();

        rig.hanging.end(StoreRig.OTHER);
        checkOldSoon();
        assertThat(rig.sendAll(refers).complete()).isTrue();
        assertThat(rig.restored(NOW).get("/moved").content()).isEqualTo(OLD);
    }

    @Test
    void whatIsOpenedTooLateForTheStoreIsClosed() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        OpenMedia open = new OpenMedia(
                name -> {
                    go.join();
                    Medium area = new CrashMedium() {
                        @Override
                        public void close() {
                            closed.complete(null);
                        }
                    };
                    return new CommonArea(name, area, rig.tables(), problem -> {});
                },
                Duration.ofMillis(1));
        assertThatThrownBy(() -> open.get("x", true)).isInstanceOf(UnopenedException.class);
        open.close();
        go.complete(null);
        closed.join();
        assertThatThrownBy(() -> open.get("x", true)).hasMessageContaining("closed");
    }
}
