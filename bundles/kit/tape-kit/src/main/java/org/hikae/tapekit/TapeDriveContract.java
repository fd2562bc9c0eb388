package org.hikae.tapekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.NoCartridgeException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.RecordLengthException;
import org.hikae.api.tape.spi.RecordLimits;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeDrive.Capability;
import org.hikae.api.tape.spi.Written;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every tape drive must do. To be extended by the tests of a driver; the cartridge that they give is overwritten.
 *
 * <p>The system properties {@code hikae.seed} and {@code hikae.histories} choose the generated histories.
 */
public abstract class TapeDriveContract {

    private static final int ROOM = 1 << 16;

    private TapeDrive drive;
    private RecordLimits limits;

    /**
     * A drive with a loaded cartridge that can be overwritten, and takes 100 MB at least without an early warning. May be the same
     * at each call.
     */
    protected abstract TapeDrive loaded() throws Exception;

    @BeforeEach
    void load() throws Exception {
        drive = loaded();
        limits = drive.limits();
        drive.rewind();
    }

    /** A record that is like no other one, of a length about the one given. */
    private byte[] record(int number, int about) {
        int steps = Math.max(0, (Math.min(about, limits.most()) - limits.least()) / limits.step());
        byte[] record = new byte[limits.least() + steps * limits.step()];
        for (int i = 0; i < record.length; i++) {
            record[i] = (byte) (number * 31 + i * 7 + (i >> 8));
        }
        return record;
    }

    private byte[] record(int number) {
        return record(number, 100 + number);
    }

    /** Writes records of ascending numbers. */
    private void write(int first, int count) throws IOException {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            buffers.add(ByteBuffer.wrap(record(i)));
        }
        assertThat(drive.write(buffers)).isEqualTo(new Written(count, false));
    }

    private void assertNext(int number) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ROOM);
        assertThat(drive.read(List.of(buffer))).isEqualTo(new ReadRecords(1, ReadRecords.End.NONE));
        assertThat(Arrays.copyOf(buffer.array(), buffer.limit())).isEqualTo(record(number));
    }

    private void assertNext(ReadRecords.End end) throws IOException {
        assertThat(drive.read(List.of(ByteBuffer.allocate(ROOM)))).isEqualTo(new ReadRecords(0, end));
    }

    @Test
    void saysWhatItIs() throws Exception {
        assertThat(drive.description()).isNotBlank();
        assertThat(drive.capabilities()).isNotNull();
        assertThat(drive.alerts()).isNotNull();
        assertThat(drive.isLoaded()).isTrue();
        assertThat(drive.isWriteProtected()).isFalse();
        assertThatCode(() -> drive.compress(false)).doesNotThrowAnyException();
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        write(0, 20);
        drive.writeFilemarks(1);
        assertThat(drive.position()).isEqualTo(21);
        drive.rewind();
        assertThat(drive.position()).isZero();
        for (int i = 0; i < 20; i++) {
            assertNext(i);
            assertThat(drive.position()).isEqualTo(i + 1);
        }
        assertNext(ReadRecords.End.FILEMARK);
        assertNext(ReadRecords.End.DATA);
        assertThat(drive.position()).isEqualTo(21);
    }

    @Test
    void takesRecordsOfAllLengthsWithinTheLimits() throws Exception {
        List<byte[]> records = new ArrayList<>();
        for (int length :
                new int[] {limits.least(), limits.least() + limits.step(), 4096, 65536, 1 << 18, limits.most()}) {
            if (limits.allow(length)) {
                records.add(record(length, length));
                assertThat(records.get(records.size() - 1)).hasSize(length);
            }
        }
        for (byte[] record : records) {
            ByteBuffer buffer = ModelTape.buffer(record, true);
            assertThat(drive.write(List.of(buffer)).records()).isEqualTo(1);
            assertThat(buffer.hasRemaining()).isFalse();
        }
        drive.writeFilemarks(1);
        drive.rewind();
        for (byte[] record : records) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(record.length);
            assertThat(drive.read(List.of(buffer)).records()).isEqualTo(1);
            assertThat(buffer.equals(ByteBuffer.wrap(record))).isTrue();
        }
    }

    @Test
    void refusesRecordsBeyondTheLimitsAsAWhole() throws Exception {
        write(0, 3);
        drive.rewind();
        List<ByteBuffer> records = List.of(ByteBuffer.wrap(record(7)), ByteBuffer.allocate(limits.least() - 1));
        assertThatThrownBy(() -> drive.write(records)).isInstanceOf(IllegalArgumentException.class);
        assertThat(records.get(0).hasRemaining()).isTrue();
        assertNext(0);
        assertNext(1);
    }

    @Test
    void usesBuffersFromPositionToLimit() throws Exception {
        byte[] record = record(1);
        ByteBuffer wide = ByteBuffer.allocate(record.length + 20)
                .position(10)
                .put(record)
                .flip()
                .position(10);
        drive.write(List.of(wide));
        assertThat(wide.position()).isEqualTo(wide.limit()).isEqualTo(10 + record.length);
        drive.writeFilemarks(1);
        drive.rewind();
        ByteBuffer into = ByteBuffer.allocate(record.length + 20).position(5).limit(record.length + 5);
        assertThat(drive.read(List.of(into)).records()).isEqualTo(1);
        assertThat(Arrays.copyOfRange(into.array(), 5, 5 + record.length)).isEqualTo(record);
        assertThat(into.position()).isZero();
        assertThat(into.limit()).isEqualTo(5 + record.length);
    }

    @Test
    void readsManyUpToAFilemark() throws Exception {
        write(0, 3);
        drive.writeFilemarks(2);
        write(3, 2);
        drive.writeFilemarks(0);
        drive.rewind();
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            buffers.add(ByteBuffer.allocate(ROOM));
        }
        assertThat(drive.read(buffers)).isEqualTo(new ReadRecords(3, ReadRecords.End.FILEMARK));
        assertThat(drive.position()).isEqualTo(4);
        assertThat(buffers.get(2).remaining()).isEqualTo(record(2).length);
        assertThat(buffers.get(3).position()).isZero();
        assertThat(buffers.get(3).limit()).isEqualTo(ROOM);
        assertNext(ReadRecords.End.FILEMARK);
        assertThat(drive.read(buffers.subList(3, 10))).isEqualTo(new ReadRecords(2, ReadRecords.End.DATA));
        assertThat(drive.position()).isEqualTo(7);
    }

    @Test
    void losesWhatIsBehindARecordThatIsWritten() throws Exception {
        write(0, 10);
        drive.writeFilemarks(1);
        drive.rewind();
        drive.spaceRecords(4);
        write(100, 1);
        drive.writeFilemarks(0);
        assertNext(ReadRecords.End.DATA);
        drive.rewind();
        drive.spaceRecords(3);
        assertNext(3);
        assertNext(100);
        assertNext(ReadRecords.End.DATA);
    }

    @Test
    void losesWhatIsBehindAFilemarkThatIsWritten() throws Exception {
        write(0, 10);
        drive.writeFilemarks(1);
        drive.rewind();
        drive.writeFilemarks(1);
        assertThat(drive.position()).isEqualTo(1);
        assertNext(ReadRecords.End.DATA);
        drive.rewind();
        assertNext(ReadRecords.End.FILEMARK);
        assertNext(ReadRecords.End.DATA);
    }

    @Test
    void losesNothingByWritingNothing() throws Exception {
        write(0, 3);
        drive.writeFilemarks(1);
        drive.rewind();
        assertThat(drive.write(List.of()).records()).isZero();
        drive.writeFilemarks(0);
        assertNext(0);
        assertNext(1);
    }

    @Test
    void passesOverRecordsThatAreTooLong() throws Exception {
        write(50, 3);
        drive.writeFilemarks(1);
        drive.rewind();
        ByteBuffer first = ByteBuffer.allocate(ROOM);
        ByteBuffer small = ByteBuffer.allocate(record(51).length - 1);
        Assumptions.assumeTrue(small.capacity() > 0);
        assertThatThrownBy(() -> drive.read(List.of(first, small))).isInstanceOf(RecordLengthException.class);
        assertThat(first.remaining()).isEqualTo(record(50).length);
        assertThat(drive.position()).isEqualTo(2);
        assertNext(52);
    }

    @Test
    void spaces() throws Exception {
        write(0, 4);
        drive.writeFilemarks(1);
        write(4, 3);
        drive.writeFilemarks(2);
        drive.rewind();
        assertThat(drive.spaceRecords(2)).isEqualTo(2);
        assertNext(2);
        assertThat(drive.spaceRecords(9)).isEqualTo(1);
        assertThat(drive.position()).isEqualTo(5);
        assertThat(drive.spaceRecords(9)).isEqualTo(3);
        assertThat(drive.spaceRecords(1)).isZero();
        assertThat(drive.position()).isEqualTo(10);
        assertThat(drive.spaceRecords(1)).isZero();
        drive.rewind();
        assertThat(drive.spaceFilemarks(0)).isZero();
        assertThat(drive.position()).isZero();
        assertThat(drive.spaceFilemarks(1)).isEqualTo(1);
        assertNext(4);
        assertThat(drive.spaceFilemarks(5)).isEqualTo(2);
        assertThat(drive.position()).isEqualTo(10);
        drive.rewind();
        drive.spaceToEnd();
        assertThat(drive.position()).isEqualTo(10);
        assertNext(ReadRecords.End.DATA);
    }

    @Test
    void locates() throws Exception {
        if (!drive.capabilities().contains(Capability.LOCATE)) {
            assertThatThrownBy(() -> drive.locate(0)).isInstanceOf(UnsupportedOperationException.class);
            return;
        }
        write(0, 200);
        drive.writeFilemarks(1);
        for (int target : new int[] {150, 3, 199, 0, 64, 65, 31}) {
            drive.locate(target);
            assertThat(drive.position()).isEqualTo(target);
            assertNext(target);
        }
        drive.locate(201);
        assertNext(ReadRecords.End.DATA);
        assertThatThrownBy(() -> drive.locate(202)).isInstanceOf(EndOfDataException.class);
        assertThat(drive.position()).isEqualTo(201);
    }

    @Test
    void keepsWhatWasWrittenWhenItIsUnloaded() throws Exception {
        write(0, 30);
        drive.unload();
        assertThat(drive.isLoaded()).isFalse();
        drive.unload();
        assertThatThrownBy(() -> drive.position()).isInstanceOf(NoCartridgeException.class);
        assertThatThrownBy(() -> drive.rewind()).isInstanceOf(NoCartridgeException.class);
        assertThatThrownBy(() -> drive.read(List.of(ByteBuffer.allocate(ROOM))))
                .isInstanceOf(NoCartridgeException.class);
        assertThatThrownBy(() -> write(0, 1)).isInstanceOf(NoCartridgeException.class);
        assertThatThrownBy(() -> drive.writeFilemarks(1)).isInstanceOf(NoCartridgeException.class);
        drive.load();
        assertThat(drive.position()).isZero();
        assertNext(0);
        drive.load();
        assertNext(0);
        drive.spaceToEnd();
        assertThat(drive.position()).isEqualTo(30);
    }

    @Test
    void saysWhatIsSettled() throws Exception {
        write(0, 5);
        assertThat(drive.settled()).isBetween(0L, 5L);
        drive.writeFilemarks(1);
        assertThat(drive.settled()).isIn(0L, 6L);
        drive.rewind();
        write(0, 1);
        assertThat(drive.settled()).isBetween(0L, 1L);
    }

    @Test
    void cancellingNothingDoesNothing() throws Exception {
        write(0, 5);
        drive.cancel();
        write(5, 1);
        drive.cancel();
        drive.writeFilemarks(1);
        drive.rewind();
        drive.cancel();
        assertNext(0);
    }

    @Test
    void takesManyRecordsAtOnce() throws Exception {
        List<ByteBuffer> records = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            records.add(ByteBuffer.wrap(record(i, 500)));
        }
        assertThat(drive.write(records).records()).isEqualTo(1000);
        drive.writeFilemarks(3);
        drive.rewind();
        drive.spaceRecords(998);
        ByteBuffer buffer = ByteBuffer.allocate(ROOM);
        drive.read(List.of(buffer));
        assertThat(buffer).isEqualTo(ByteBuffer.wrap(record(998, 500)));
        assertThat(drive.spaceFilemarks(9)).isEqualTo(3);
    }

    @Test
    void doesWhatTheModelDoes() throws Exception {
        long first = Long.getLong("hikae.seed", System.nanoTime());
        for (long seed = first; seed < first + Long.getLong("hikae.histories", 10); seed++) {
            try {
                DriveHistory history = new DriveHistory(drive, seed);
                history.run(150);
                history.compare();
            } catch (AssertionError e) {
                throw new AssertionError("-Dhikae.seed=" + seed + " -Dhikae.histories=1 makes it again", e);
            }
        }
    }
}
