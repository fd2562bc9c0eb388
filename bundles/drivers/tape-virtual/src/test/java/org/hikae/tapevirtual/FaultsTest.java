package org.hikae.tapevirtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.api.tape.spi.Written;
import org.hikae.tapekit.Call.Step;
import org.hikae.tapekit.Faults;
import org.hikae.tapekit.FaultyDrive;
import org.hikae.tapekit.FaultyLibrary;
import org.hikae.tapekit.FaultyLibraryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit's faults, in virtual drives. */
class FaultsTest {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private final Faults faults = new Faults();
    private FaultyLibrary library;
    private FaultyDrive drive;

    @BeforeEach
    void open() throws Exception {
        FaultyLibraryDriver driver = new FaultyLibraryDriver(new VirtualLibraryDriver(), faults);
        driver.prepare(folder.toString(), Map.of("slots", "2", "cartridges", "1", "prefix", "HK"));
        library = driver.open(folder.toString());
        library.move(Rig.SLOT, Rig.DRIVE);
        drive = library.drive(0);
        drive.load();
    }

    @AfterEach
    void close() throws Exception {
        library.close();
    }

    private Written write(int count) throws IOException {
        Written written = new Written(0, false);
        for (int i = 0; i < count; i++) {
            written = drive.write(List.of(ByteBuffer.allocate(100)));
        }
        return written;
    }

    private void read() throws IOException {
        drive.read(List.of(ByteBuffer.allocate(100)));
    }

    @Test
    void losesWhatWasNotSettledByAWriteError() throws Exception {
        write(5);
        drive.writeFilemarks(1);
        faults.fail(Step.WRITE).after(3).times(1);
        assertThatThrownBy(() -> write(4)).isInstanceOf(TapeMediumException.class);
        assertThat(drive.settled()).isLessThanOrEqualTo(6);
        assertThat(drive.position()).isBetween(6L, 8L);
        write(1);
        drive.writeFilemarks(1);
        drive.rewind();
        assertThat(drive.spaceFilemarks(9)).isEqualTo(2);
    }

    @Test
    void cannotReadARecordEachTime() throws Exception {
        write(5);
        drive.writeFilemarks(1);
        faults.fail(Step.READ).onCartridge("HK0001L9").at(2);
        for (int i = 0; i < 2; i++) {
            drive.rewind();
            read();
            read();
            assertThatThrownBy(this::read).isInstanceOf(TapeMediumException.class);
            assertThat(drive.position()).isEqualTo(3);
            read();
        }
        faults.clear();
        drive.locate(2);
        read();
    }

    @Test
    void warnsAndEndsEarly() throws Exception {
        faults.earlyWarning().after(2);
        assertThat(write(2)).isEqualTo(new Written(1, false));
        assertThat(write(1)).isEqualTo(new Written(1, true));
        faults.clear();
        faults.endOfMedium();
        assertThat(write(1)).isEqualTo(new Written(0, true));
        drive.writeFilemarks(1);
        assertThat(drive.position()).isEqualTo(4);
    }

    @Test
    void hangsUntilItIsCancelled() throws Exception {
        faults.hang(Step.LOCATE).times(1);
        CompletableFuture<Void> hanging = CompletableFuture.runAsync(() -> {
            try {
                drive.locate(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        faults.awaitHanging(Duration.ofSeconds(30));
        drive.cancel();
        assertThatThrownBy(hanging::get).hasRootCauseInstanceOf(InterruptedIOException.class);
        drive.locate(0);
    }

    @Test
    void doesNotAnswerOnceItIsBroken() throws Exception {
        faults.breakDrive(0);
        assertThatThrownBy(() -> write(1)).hasMessageContaining("does not answer");
        assertThatThrownBy(drive::position).isNotInstanceOf(TapeMediumException.class);
        faults.repairDrive(0);
        write(1);
    }

    @Test
    void movesAndSaysItDidNot() throws Exception {
        drive.unload();
        faults.fail(Step.MOVE, new IOException("the robot is stuck")).times(1);
        assertThatThrownBy(() -> library.move(Rig.DRIVE, Rig.SLOT)).hasMessageContaining("stuck");
        assertThat(library.inventory().get(0).isFull()).isFalse();
        faults.fail(Step.MOVE, new IOException("the robot is stuck")).late().times(1);
        assertThatThrownBy(() -> library.move(Rig.DRIVE, Rig.SLOT)).hasMessageContaining("stuck");
        assertThat(library.inventory().get(0).isFull()).isTrue();
    }

    @Test
    void losesItsBufferWithItsPower() throws Exception {
        write(3);
        drive.writeFilemarks(0);
        write(4);
        drive.loseBuffer();
        assertThat(drive.position()).isEqualTo(3);
    }
}
