package org.hikae.tape.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets which drive, and when. */
class QueueTest {

    private static final Duration TURN = Duration.ofNanos(DriveQueue.LEAST_TURN);

    @TempDir
    Path folder;

    private MountRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    private void drives(int drives) throws IOException {
        rig = new MountRig(folder).add("one", drives, 6, "AA");
    }

    private CompletableFuture<Mounted> waiting(String barcode) throws Exception {
        return rig.waiting(barcode, new TestProgress(), "waiting for");
    }

    private static Mounted get(CompletableFuture<Mounted> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    @Test
    void withOneDriveNobodyIsWantedBeforeHisTurnIsOver() throws Exception {
        drives(1);
        Mounted first = rig.read("AA0001L9");
        assertThat(first.isWanted()).isFalse();
        CompletableFuture<Mounted> second = waiting("AA0002L9");
        assertThat(first.isWanted()).isFalse();
        rig.pass(TURN);
        assertThat(first.isWanted()).isTrue();
        first.close();
        try (Mounted mounted = get(second)) {
            assertThat(mounted.barcode()).isEqualTo("AA0002L9");
            assertThat(mounted.isWanted()).isFalse();
        }
    }

    @Test
    void thoseOfTheSameCartridgeComeFirstForItsTurn() throws Exception {
        drives(1);
        Mounted first = rig.read("AA0001L9");
        CompletableFuture<Mounted> other = waiting("AA0002L9");
        CompletableFuture<Mounted> same = waiting("AA0001L9");
        assertThat(first.isWanted()).isFalse();
        first.close();
        Mounted second = get(same);
        assertThat(other).isNotDone();
        CompletableFuture<Mounted> again = waiting("AA0001L9");
        rig.pass(TURN);
        assertThat(second.isWanted()).isTrue();
        second.close();
        Mounted third = get(other);
        assertThat(again).isNotDone();
        third.close();
        get(again).close();
    }

    @Test
    void twoThatAlternateBothGetOn() throws Exception {
        drives(1);
        Mounted now = rig.read("AA0001L9");
        String next = "AA0002L9";
        for (int i = 0; i < 6; i++) {
            CompletableFuture<Mounted> waits = waiting(next);
            rig.pass(TURN);
            assertThat(now.isWanted()).isTrue();
            next = now.barcode();
            now.close();
            now = get(waits);
        }
        now.close();
    }

    @Test
    void withTwoDrivesTheOtherOneIsTaken() throws Exception {
        drives(2);
        try (Mounted first = rig.read("AA0001L9");
                Mounted second = rig.read("AA0002L9")) {
            rig.pass(TURN);
            assertThat(first.isWanted()).isFalse();
            CompletableFuture<Mounted> third = waiting("AA0003L9");
            assertThat(first.isWanted()).isTrue();
            assertThat(second.isWanted()).isTrue();
            second.close();
            try (Mounted mounted = get(third)) {
                assertThat(first.isWanted()).isFalse();
                assertThat(mounted.barcode()).isEqualTo("AA0003L9");
            }
        }
    }

    @Test
    void withTwoDrivesOneCartridgeIsForOneAtATime() throws Exception {
        drives(2);
        Mounted first = rig.read("AA0001L9");
        CompletableFuture<Mounted> second = waiting("AA0001L9");
        assertThat(second).isNotDone();
        rig.read("AA0002L9").close();
        rig.pass(TURN);
        assertThat(first.isWanted()).isTrue();
        first.close();
        get(second).close();
    }

    @Test
    void aSlowChangeMakesALongTurn() throws Exception {
        drives(1);
        Mounted first = rig.read("AA0001L9");
        rig.faults.hang(org.hikae.tapekit.Call.Step.LOAD).onCartridge("AA0002L9");
        CompletableFuture<Mounted> waits = waiting("AA0002L9");
        first.close();
        rig.faults.awaitHanging(Duration.ofSeconds(20));
        rig.pass(Duration.ofSeconds(20));
        rig.faults.clear();
        Mounted second = get(waits);
        CompletableFuture<Mounted> third = waiting("AA0001L9");
        rig.pass(Duration.ofSeconds(79));
        assertThat(second.isWanted()).isFalse();
        rig.pass(Duration.ofSeconds(1));
        assertThat(second.isWanted()).isTrue();
        second.close();
        get(third).close();
    }

    @Test
    void whoIsCancelledWaitsNoMore() throws Exception {
        drives(1);
        Mounted first = rig.read("AA0001L9");
        TestProgress progress = new TestProgress();
        CompletableFuture<Mounted> second = rig.waiting("AA0002L9", progress, "waiting for a drive of library 'one'");
        progress.cancel();
        assertThatThrownBy(() -> get(second)).isInstanceOf(CancellationException.class);
        rig.pass(TURN);
        assertThat(first.isWanted()).isFalse();
        first.close();
        rig.read("AA0002L9").close();
    }

    @Test
    void whoIsInterruptedWaitsNoMore() throws Exception {
        drives(1);
        try (Mounted first = rig.read("AA0001L9")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> rig.read("AA0002L9")).isInstanceOf(java.io.InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whenAllEndsNobodyWaits() throws Exception {
        drives(1);
        Mounted first = rig.read("AA0001L9");
        CompletableFuture<Mounted> second = waiting("AA0002L9");
        CompletableFuture<Mounted> absent = rig.waiting("ZZ0001L9", new TestProgress(), "is in no library");
        rig.libraries.close();
        assertThatThrownBy(() -> get(second)).hasMessageContaining("tape control ends");
        assertThatThrownBy(() -> get(absent)).hasMessageContaining("tape control ends");
        assertThatThrownBy(() -> first.drive().rewind()).hasMessageContaining("tape control ends");
        assertThatThrownBy(() -> rig.read("AA0003L9")).hasMessageContaining("tape control ends");
        first.close();
    }

    @Test
    void aLibraryInUseIsNotRetired() throws Exception {
        drives(1);
        LibraryHandle handle = rig.handles.get("one");
        try (Mounted first = rig.read("AA0001L9")) {
            assertThatThrownBy(() -> rig.libraries.retire(handle))
                    .hasMessageContaining("library 'one' is in use: cartridge AA0001L9 is in use in drive 0");
        }
        rig.libraries.retire(handle);
        assertThat(rig.mounts.isPresent("AA0001L9")).isFalse();
        rig.libraries.keep(handle);
        rig.read("AA0001L9").close();
    }

    @Test
    void manyReadersOfFewDrivesAllGetWhatTheyWant() throws Exception {
        drives(2);
        var readers = new java.util.ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 12; i++) {
            String barcode = "AA000" + (1 + i % 5) + "L9";
            readers.add(CompletableFuture.runAsync(() -> {
                try {
                    for (int round = 0; round < 3; round++) {
                        try (Mounted mounted = rig.read(barcode)) {
                            assertThat(mounted.barcode()).isEqualTo(barcode);
                            mounted.drive().rewind();
                        }
                    }
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            }));
        }
        for (CompletableFuture<Void> reader : readers) {
            reader.get(60, TimeUnit.SECONDS);
        }
    }
}
