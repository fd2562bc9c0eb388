package org.hikae.tapekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.tape.spi.EndOfMediumException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.WriteProtectedException;
import org.hikae.api.tape.spi.Written;
import org.junit.jupiter.api.Test;

/** What every drive must do at the end of a tape, and with one that is write-protected. */
public abstract class TapeEndContract {

    /** A drive with a loaded cartridge that can be overwritten, the smaller the better: it is filled. */
    protected abstract TapeDrive small() throws Exception;

    /** A drive with a loaded cartridge that is write-protected; there is something on it. */
    protected abstract TapeDrive writeProtected() throws Exception;

    private static ByteBuffer record(TapeDrive drive) {
        int steps = (Math.min(1 << 16, drive.limits().most()) - drive.limits().least())
                / drive.limits().step();
        return ByteBuffer.allocate(
                drive.limits().least() + steps * drive.limits().step());
    }

    @Test
    void warnsBeforeTheEnd() throws Exception {
        TapeDrive drive = small();
        drive.rewind();
        ByteBuffer record = record(drive);
        long count = 0;
        while (!drive.write(List.of(record.clear())).earlyWarning()) {
            count++;
        }
        // What a session needs to end in order.
        drive.writeFilemarks(1);
        for (int i = 0; i < 4; i++) {
            Written written = drive.write(List.of(record.clear()));
            assertThat(written).isEqualTo(new Written(1, true));
        }
        drive.writeFilemarks(2);
        assertThat(drive.position()).isEqualTo(count + 1 + 1 + 4 + 2);
    }

    @Test
    void takesWholeRecordsUpToTheEnd() throws Exception {
        TapeDrive drive = small();
        drive.rewind();
        List<ByteBuffer> records = List.of(record(drive), record(drive), record(drive));
        long count = fill(drive, records);
        assertThat(drive.position()).isEqualTo(count);
        drive.writeFilemarks(0);
        drive.rewind();
        long read = 0;
        ReadRecords.End end = ReadRecords.End.NONE;
        while (end == ReadRecords.End.NONE) {
            records.forEach(ByteBuffer::clear);
            ReadRecords some = drive.read(records);
            read += some.records();
            end = some.end();
        }
        assertThat(read).isEqualTo(count);
        assertThat(end).isEqualTo(ReadRecords.End.DATA);
        assertThatThrownBy(() -> fillWithFilemarks(drive)).isInstanceOf(EndOfMediumException.class);
    }

    /** @return how many records there was room for */
    private static long fill(TapeDrive drive, List<ByteBuffer> records) throws IOException {
        long count = 0;
        while (true) {
            records.forEach(ByteBuffer::clear);
            Written written = drive.write(records);
            count += written.records();
            for (int i = 0; i < records.size(); i++) {
                assertThat(records.get(i).hasRemaining()).isEqualTo(i >= written.records());
            }
            if (written.records() < records.size()) {
                assertThat(written.earlyWarning()).isTrue();
                return count;
            }
        }
    }

    private static void fillWithFilemarks(TapeDrive drive) throws IOException {
        while (true) {
            drive.writeFilemarks(1000);
        }
    }

    @Test
    void hasRoomAgainOnceItIsOverwritten() throws Exception {
        TapeDrive drive = small();
        drive.rewind();
        fill(drive, List.of(record(drive)));
        drive.rewind();
        assertThat(drive.write(List.of(record(drive)))).isEqualTo(new Written(1, false));
    }

    @Test
    void writesNothingToWhatIsWriteProtected() throws Exception {
        TapeDrive drive = writeProtected();
        drive.spaceToEnd();
        long end = drive.position();
        drive.rewind();
        assertThat(drive.isWriteProtected()).isTrue();
        ByteBuffer record = record(drive);
        assertThatThrownBy(() -> drive.write(List.of(record))).isInstanceOf(WriteProtectedException.class);
        assertThat(record.position()).isZero();
        assertThatThrownBy(() -> drive.writeFilemarks(1)).isInstanceOf(WriteProtectedException.class);
        assertThat(drive.position()).isZero();
        drive.spaceToEnd();
        assertThat(drive.position()).isEqualTo(end);
    }
}
