package org.hikae.tape.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hikae.api.tape.LibraryStatus.DriveStatus;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tapekit.Call.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives and robots that fail, hang, or cannot let a cartridge go. */
class DriveFaultsTest {

    private static final Duration SOON = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private MountRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new MountRig(folder).add("one", 2, 6, "AA");
    }

    @AfterEach
    void close() {
        rig.faults.clear();
        rig.close();
    }

    private int drive(Mounted mounted) {
        return rig.mounts.present().stream()
                .filter(present -> present.barcode().equals(mounted.barcode()))
                .findFirst()
                .orElseThrow()
                .place()
                .number();
    }

    private Sighting seen(String barcode) {
        return rig.libraries.seen(barcode).orElse(null);
    }

    @Test
    void whatOneDriveCannotLoadAnotherOneDoes() throws IOException {
        rig.faults.fail(Step.LOAD).onDrive(0);
        try (Mounted mounted = rig.read("AA0001L9")) {
            assertThat(drive(mounted)).isEqualTo(1);
        }
        // The next one is not tried there any more.
        TestProgress progress = new TestProgress();
        try (Mounted mounted = rig.mounts.mount("AA0002L9", null, Purpose.READ, progress)) {
            assertThat(drive(mounted)).isEqualTo(1);
        }
        assertThat(progress.phases()).noneMatch(phase -> phase.contains("drive 0"));
        rig.faults.clear();
        rig.libraries.look(rig.handles.get("one"), new TestProgress());
        try (Mounted mounted = rig.read("AA0003L9")) {
            assertThat(drive(mounted)).isZero();
        }
    }

    @Test
    void aLabelThatOneDriveCannotReadAnotherOneDoes() throws IOException {
        rig.faults.fail(Step.REWIND).onDrive(0).onCartridge("AA0001L9");
        try (Mounted mounted = rig.read("AA0001L9")) {
            assertThat(drive(mounted)).isEqualTo(1);
            assertThat(mounted.contents()).isEqualTo(new Contents.Blank());
        }
    }

    @Test
    void whatNoDriveCanLoadIsTheCartridgesFault() throws IOException {
        rig.faults.fail(Step.LOAD).onCartridge("AA0001L9");
        assertThatThrownBy(() -> rig.read("AA0001L9"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cartridge AA0001L9 cannot be used: drive 0 of library 'one'")
                .hasMessageContaining("drive 1 of library 'one'");
        assertThat(seen("AA0001L9").problem()).isNotNull();
        // Drives and places are as good as before.
        try (Mounted first = rig.read("AA0002L9");
                Mounted second = rig.read("AA0003L9")) {
            assertThat(drive(first) + drive(second)).isEqualTo(1);
        }
        rig.faults.clear();
        rig.read("AA0001L9").close();
        assertThat(seen("AA0001L9").problem()).isNull();
    }

    @Test
    void aDriveThatDoesNotAnswerIsNotUsed() throws IOException {
        rig.faults.breakDrive(1);
        for (int i = 1; i <= 3; i++) {
            try (Mounted mounted = rig.read("AA000" + i + "L9")) {
                assertThat(drive(mounted)).isZero();
            }
        }
    }

    @Test
    void aCartridgeThatCannotBeTakenOutIsNamed() throws IOException {
        rig.read("AA0001L9").close();
        rig.read("AA0002L9").close();
        rig.faults.fail(Step.UNLOAD);
        assertThatThrownBy(() -> rig.read("AA0003L9"))
                .hasMessageContaining("cartridge AA0003L9 cannot be used")
                .hasMessageContaining("drive 0 of library 'one'")
                .hasMessageContaining("drive 1 of library 'one'");
        assertThat(seen("AA0003L9")).isNull();
        rig.read("AA0002L9").close();
        rig.faults.clear();
        rig.read("AA0003L9").close();
    }

    @Test
    void aCartridgeThatIsStuckWhereItCannotBeReadIsNamed() throws IOException {
        rig.faults.fail(Step.LOAD).onDrive(0);
        rig.faults.fail(Step.UNLOAD).onDrive(0);
        assertThatThrownBy(() -> rig.read("AA0001L9"))
                .hasMessageContaining("cartridge AA0001L9 cannot be taken out of drive 0 of library 'one'");
        rig.read("AA0002L9").close();
    }

    @Test
    void aRobotThatFailsLeavesEverythingWhereItIs() throws IOException {
        rig.faults.fail(Step.MOVE).times(1);
        rig.read("AA0001L9").close();
        rig.faults.fail(Step.MOVE);
        assertThatThrownBy(() -> rig.read("AA0002L9")).hasMessageContaining("moving cartridge");
        rig.read("AA0001L9").close();
        rig.faults.clear();
        rig.faults.fail(Step.MOVE).late().times(1);
        rig.read("AA0002L9").close();
    }

    @Test
    void aDriveThatIsSuspectedGivesItsCartridgeToAnother() throws IOException {
        int before;
        try (Mounted mounted = rig.read("AA0001L9")) {
            before = drive(mounted);
            mounted.suspect("it cannot write");
        }
        try (Mounted mounted = rig.read("AA0001L9")) {
            assertThat(drive(mounted)).isNotEqualTo(before);
            mounted.suspect("it cannot write either");
        }
        // For want of better ones they are used all the same.
        rig.read("AA0001L9").close();
    }

    @Test
    void aDriveThatHangsIsCancelledAndAnotherOneTaken() throws Exception {
        rig.close();
        rig = new MountRig(folder, new Limits(Duration.ofSeconds(20), SOON, SOON, Duration.ofSeconds(20))).open("one");
        rig.faults.hang(Step.LOAD).onDrive(0);
        try (Mounted mounted = rig.read("AA0001L9")) {
            assertThat(drive(mounted)).isEqualTo(1);
        }
    }

    @Test
    void oneWhoIsCancelledDoesNotWaitForADriveThatHangs() throws Exception {
        rig.faults.hang(Step.LOAD).onDrive(0).times(1);
        TestProgress progress = new TestProgress();
        CompletableFuture<Mounted> waits = rig.waiting("AA0001L9", progress, "loading");
        rig.faults.awaitHanging(Duration.ofSeconds(20));
        progress.cancel();
        assertThatThrownBy(() -> waits.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        rig.read("AA0001L9").close();
    }

    @Test
    void aDriverWhoseLibraryGoesDoesNotHoldUpThoseWhoWait() throws Exception {
        rig.faults.hang(Step.LOAD);
        CompletableFuture<Mounted> waits = rig.waiting("AA0001L9", new TestProgress(), "loading");
        rig.faults.awaitHanging(Duration.ofSeconds(20));
        rig.patience.set(Duration.ZERO);
        rig.libraries.leave(rig.handles.get("one"), "its driver went away");
        assertThatThrownBy(() -> waits.get(20, TimeUnit.SECONDS)).hasMessageContaining("AA0001L9");
        assertThat(seen("AA0001L9")).isNull();
    }

    @Test
    void whatAUserLeavesHangingIsCancelled() throws Exception {
        Mounted mounted = rig.read("AA0001L9");
        rig.faults.hang(Step.REWIND).times(1);
        CompletableFuture<Throwable> hangs = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                mounted.drive().rewind();
            } catch (IOException e) {
                hangs.complete(e);
            }
        });
        thread.start();
        rig.faults.awaitHanging(Duration.ofSeconds(20));
        mounted.close();
        assertThat(hangs.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        rig.read("AA0001L9").close();
    }

    @Test
    void whatADriveDoesForTooLongIsCancelled() throws Exception {
        rig.close();
        rig = new MountRig(folder, new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), SOON, SOON)).open("one");
        try (Mounted mounted = rig.read("AA0001L9")) {
            rig.faults.hang(Step.REWIND).times(1);
            CompletableFuture<IOException> hangs = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    mounted.drive().rewind();
                } catch (IOException e) {
                    hangs.complete(e);
                }
            });
            thread.start();
            rig.faults.awaitHanging(Duration.ofSeconds(20));
            while (!hangs.isDone()) {
                rig.libraries.cancelWhatHangs();
                Thread.onSpinWait();
            }
            assertThat(hangs.get()).hasMessageContaining("cancelled");
            mounted.drive().rewind();
        }
    }

    @Test
    void driversThatThrowMoreThanTheyMayDoNoHarm() throws IOException {
        rig.faults.fail(Step.REWIND, new IOException("no label today")).times(1);
        rig.read("AA0001L9").close();
        assertThat(rig.libraries.statuses().get(0).drives())
                .extracting(DriveStatus::activity)
                .containsOnly("idle");
    }
}
