package org.hikae.tapevirtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualLibraryTest {

    private static final Place STATION = new Place(Kind.STATION, 0);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private Rig rig;

    @BeforeEach
    void prepare() throws Exception {
        rig = new Rig(folder);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private String barcode(Place place) throws IOException {
        return rig.library().inventory().stream()
                .filter(element -> element.place().equals(place))
                .findFirst()
                .orElseThrow()
                .barcode();
    }

    @Test
    void seesCartridgesThatPeopleBring() throws Exception {
        Files.writeString(folder.resolve("brought.tap"), "");
        assertThat(barcode(STATION)).isEqualTo("BROUGHT");
        Files.writeString(folder.resolve("station/another.tap"), "");
        assertThat(barcode(new Place(Kind.STATION, 1))).isEqualTo("ANOTHER");
        Files.delete(folder.resolve("station/0/brought.tap"));
        assertThat(barcode(STATION)).isNull();
    }

    @Test
    void leavesCartridgesForWhichThereIsNoPlace() throws Exception {
        for (int i = 0; i < 6; i++) {
            Files.writeString(folder.resolve("c" + i + ".tap"), "");
        }
        assertThat(barcode(new Place(Kind.STATION, 3))).isEqualTo("C3");
        assertThat(folder.resolve("c4.tap")).exists();
        rig.library().move(STATION, new Place(Kind.SLOT, 3));
        assertThat(barcode(STATION)).isEqualTo("C4");
    }

    @Test
    void needsNoFoldersForEmptyPlaces() throws Exception {
        rig.library().move(Rig.SLOT, Rig.DRIVE);
        Files.delete(folder.resolve("slots/0"));
        assertThat(barcode(Rig.SLOT)).isNull();
        rig.library().move(Rig.DRIVE, Rig.SLOT);
        assertThat(barcode(Rig.SLOT)).isEqualTo("HK0001L9");
    }

    @Test
    void leavesLoadedCartridgesInTheirDrive() throws Exception {
        VirtualDrive drive = rig.loaded();
        assertThatThrownBy(() -> rig.library().move(Rig.DRIVE, Rig.SLOT)).hasMessageContaining("unloaded before");
        try (VirtualLibrary other = new VirtualLibraryDriver().open(folder.toString())) {
            assertThatThrownBy(() -> other.move(Rig.DRIVE, Rig.SLOT)).hasMessageContaining("drive 0 is used");
            assertThatThrownBy(() -> other.drive(0).load()).hasMessageContaining("drive 0 is used");
            drive.unload();
            other.drive(0).load();
            assertThatThrownBy(drive::load).hasMessageContaining("drive 0 is used");
            other.drive(0).unload();
            other.move(Rig.DRIVE, Rig.SLOT);
        }
        assertThat(barcode(Rig.SLOT)).isEqualTo("HK0001L9");
    }

    @Test
    void letsADriveGoWhenItIsClosed() throws Exception {
        VirtualDrive drive = rig.loaded();
        drive.write(List.of(ByteBuffer.allocate(10)));
        rig.reopen();
        rig.loaded().spaceToEnd();
        assertThat(rig.loaded().position()).isEqualTo(1);
        assertThatThrownBy(drive::position).isInstanceOf(IOException.class);
    }
}
