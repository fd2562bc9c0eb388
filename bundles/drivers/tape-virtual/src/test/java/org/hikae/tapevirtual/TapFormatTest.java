package org.hikae.tapevirtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.TapeMediumException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Files as the format's description has them, and as others have made them. */
class TapFormatTest {

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

    private VirtualDrive load(byte[] tape) throws Exception {
        Files.write(rig.file(), tape);
        return rig.loaded();
    }

    private static byte[] read(VirtualDrive drive) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        assertThat(drive.read(List.of(buffer))).isEqualTo(new ReadRecords(1, ReadRecords.End.NONE));
        byte[] record = new byte[buffer.remaining()];
        buffer.get(record);
        return record;
    }

    private static ReadRecords.End end(VirtualDrive drive) throws Exception {
        return drive.read(List.of(ByteBuffer.allocate(1 << 16))).end();
    }

    @Test
    void writesWhatTheFormatSays() throws Exception {
        VirtualDrive drive = rig.loaded();
        byte[] odd = {1, 2, 3};
        byte[] even = {4, 5, 6, 7};
        drive.write(List.of(ByteBuffer.wrap(odd), ByteBuffer.wrap(even)));
        drive.writeFilemarks(2);
        assertThat(Files.readAllBytes(rig.file()))
                .isEqualTo(new TapBytes()
                        .record(odd)
                        .record(even)
                        .filemark()
                        .filemark()
                        .bytes());
    }

    @Test
    void passesOverGaps() throws Exception {
        byte[] record = {1, 2, 3, 4};
        VirtualDrive drive = load(new TapBytes()
                .word(0xFFFFFFFE)
                .record(record)
                .word(0xFFFFFFFE)
                .word(0xFFFFFFFE)
                .filemark()
                .halfWord(0xFFFF)
                .halfWord(0xFFFE)
                .halfWord(0xFFFF)
                .record(record)
                .word(0xFFFFFFFE)
                .bytes());
        assertThat(read(drive)).isEqualTo(record);
        assertThat(end(drive)).isEqualTo(ReadRecords.End.FILEMARK);
        assertThat(drive.position()).isEqualTo(2);
        assertThat(read(drive)).isEqualTo(record);
        assertThat(end(drive)).isEqualTo(ReadRecords.End.DATA);
        assertThat(drive.position()).isEqualTo(3);
    }

    @Test
    void endsAtTheEndOfMedium() throws Exception {
        byte[] record = {1, 2, 3, 4};
        VirtualDrive drive = load(
                new TapBytes().record(record).word(0xFFFFFFFF).record(record).bytes());
        drive.spaceToEnd();
        assertThat(drive.position()).isEqualTo(1);
        drive.writeFilemarks(1);
        assertThat(Files.readAllBytes(rig.file()))
                .isEqualTo(new TapBytes().record(record).filemark().bytes());
    }

    @Test
    void cannotReadRecordsWithErrors() throws Exception {
        byte[] record = {1, 2, 3, 4};
        VirtualDrive drive = load(new TapBytes()
                .record(record)
                .bad(new byte[7])
                .bad(new byte[0])
                .record(record)
                .filemark()
                .bytes());
        ByteBuffer first = ByteBuffer.allocate(100);
        assertThatThrownBy(() -> drive.read(List.of(first, ByteBuffer.allocate(100))))
                .isInstanceOf(TapeMediumException.class)
                .hasMessageContaining("position 1");
        assertThat(first.remaining()).isEqualTo(4);
        assertThat(drive.position()).isEqualTo(2);
        assertThatThrownBy(() -> read(drive)).isInstanceOf(TapeMediumException.class);
        assertThat(read(drive)).isEqualTo(record);
        drive.rewind();
        assertThat(drive.spaceRecords(9)).isEqualTo(4);
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.corpus", matches = ".+")
    void readsWhatOthersHaveMade() throws Exception {
        assertThat(lengths("soaplib.tap", 4)).hasSize(10).allMatch(length -> length == 100);
        assertThat(lengths("sysdat.tap", 2)).hasSize(2503).allMatch(length -> length == 80);
    }

    private List<Integer> lengths(String name, int filemarks) throws Exception {
        Path sample = Path.of(System.getProperty("hikae.corpus"), "tap", name);
        if (rig.library().drive(0).isLoaded()) {
            rig.library().drive(0).unload();
        }
        VirtualDrive drive = load(Files.readAllBytes(sample));
        List<Integer> lengths = new ArrayList<>();
        int marks = 0;
        while (true) {
            ByteBuffer buffer = ByteBuffer.allocate(1000);
            ReadRecords read = drive.read(List.of(buffer));
            if (read.records() == 1) {
                lengths.add(buffer.remaining());
            } else if (read.end() == ReadRecords.End.FILEMARK) {
                marks++;
            } else {
                assertThat(marks).isEqualTo(filemarks);
                return lengths;
            }
        }
    }
}
