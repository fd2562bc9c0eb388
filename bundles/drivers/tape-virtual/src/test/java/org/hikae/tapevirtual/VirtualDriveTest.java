package org.hikae.tapevirtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualDriveTest {

    @TempDir
    Path folder;

    @Test
    void writesAndReads() throws Exception {
        VirtualLibraryDriver driver = new VirtualLibraryDriver();
        driver.prepare(folder.resolve("lib").toString(), Map.of("slots", "3", "prefix", "HK", "capacity", "1MB"));
        try (VirtualLibrary library = driver.open(folder.resolve("lib").toString())) {
            System.out.println(library.inventory());
            library.move(new Place(Kind.SLOT, 1), new Place(Kind.DRIVE, 0));
            VirtualDrive drive = library.drive(0);
            drive.load();
            List<ByteBuffer> records = new ArrayList<>();
            for (int i = 1; i < 100; i++) {
                records.add(ByteBuffer.allocate(i));
            }
            assertThat(drive.write(records).records()).isEqualTo(99);
            drive.writeFilemarks(2);
            drive.locate(50);
            ByteBuffer buffer = ByteBuffer.allocate(100);
            assertThat(drive.read(List.of(buffer))).isEqualTo(new ReadRecords(1, ReadRecords.End.NONE));
            assertThat(buffer.remaining()).isEqualTo(51);
            assertThat(drive.spaceFilemarks(3)).isEqualTo(2);
            assertThat(drive.position()).isEqualTo(101);
            drive.unload();
            library.move(new Place(Kind.DRIVE, 0), new Place(Kind.STATION, 0));
            System.out.println(library.inventory());
        }
    }
}
