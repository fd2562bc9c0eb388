package org.hikae.tapevirtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.TapeAlert;
import org.hikae.api.tape.spi.TapeMediumException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualDriveTest {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private static void write(VirtualDrive drive, int count, int length) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] record = new byte[length];
            Arrays.fill(record, (byte) i);
            drive.write(List.of(ByteBuffer.wrap(record)));
        }
        drive.writeFilemarks(1);
    }

    private static byte first(VirtualDrive drive) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        assertThat(drive.read(List.of(buffer)).records()).isEqualTo(1);
        return buffer.get(0);
    }

    @Test
    void saysOnceWhatWasWrong() throws Exception {
        try (Rig rig = new Rig(folder)) {
            VirtualDrive drive = rig.loaded();
            write(drive, 3, 100);
            drive.unload();
            try (FileChannel file = FileChannel.open(rig.file(), StandardOpenOption.WRITE)) {
                ByteBuffer error = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
                file.write(error.putInt(0x8000_0064).flip(), 108);
                file.write(error.clear().putInt(0x8000_0064).flip(), 212);
            }
            VirtualDrive again = rig.loaded();
            assertThat(again.alerts()).isEmpty();
            assertThat(first(again)).isZero();
            for (int i = 0; i < 2; i++) {
                again.locate(1);
                assertThatThrownBy(() -> first(again)).isInstanceOf(TapeMediumException.class);
            }
            assertThat(again.alerts())
                    .containsExactly(new TapeAlert(TapeAlert.Severity.WARNING, "the record at position 1 is damaged"));
            assertThat(again.alerts()).isEmpty();
        }
    }

    @Test
    void endsWhatIsCancelled() throws Exception {
        try (Rig rig = new Rig(folder, "simulate", "lto9")) {
            rig.loaded().unload();
            rig.library().close();
            CountDownLatch working = new CountDownLatch(1);
            Passing endless = (nanos, cancellation) -> {
                working.countDown();
                while (true) {
                    cancellation.check();
                    Thread.onSpinWait();
                }
            };
            Settings settings = new SettingsFile(folder).read("HK");
            try (VirtualLibrary library = new VirtualLibrary(folder.toRealPath(), settings, endless)) {
                VirtualDrive drive = library.drive(0);
                CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> load(drive));
                working.await();
                drive.cancel();
                assertThatThrownBy(loading::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseInstanceOf(InterruptedIOException.class);
                assertThat(drive.position()).isZero();
            }
        }
    }

    private static void load(VirtualDrive drive) {
        try {
            drive.load();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void outlivesInterrupts() throws Exception {
        try (Rig rig = new Rig(folder)) {
            VirtualDrive drive = rig.loaded();
            write(drive, 5, 100);
            drive.locate(3);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> write(drive, 1, 100)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(drive.position()).isEqualTo(3);
            drive.rewind();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> first(drive)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(first(drive)).isZero();
            drive.locate(2);
            assertThat(first(drive)).isEqualTo((byte) 2);
            write(drive, 2, 10);
            drive.rewind();
            assertThat(drive.spaceRecords(9)).isEqualTo(5);
        }
    }

    /** A tape of more than 2^32 bytes, most of which are a hole in its file. */
    @Test
    void goesBeyondFourGigabytes() throws Exception {
        try (Rig rig = new Rig(folder)) {
            int count = 300;
            long span = TapWords.span(TapWords.LONGEST);
            try (FileChannel tape = FileChannel.open(rig.file(), StandardOpenOption.WRITE)) {
                for (int i = 0; i < count; i++) {
                    put(tape, i * span, TapWords.LONGEST, i);
                    put(tape, (i + 1) * span - TapWords.WORD, TapWords.LONGEST);
                }
            }
            VirtualDrive drive = rig.loaded();
            ByteBuffer buffer = ByteBuffer.allocateDirect(TapWords.LONGEST).order(ByteOrder.LITTLE_ENDIAN);
            for (int target : new int[] {count - 1, 0, 200, 131, 258}) {
                drive.locate(target);
                assertThat(drive.read(List.of(buffer.clear())).records()).isEqualTo(1);
                assertThat(buffer.getInt(0)).isEqualTo(target);
            }
            drive.spaceToEnd();
            assertThat(drive.position()).isEqualTo(count);
            write(drive, 3, 50);
            drive.locate(count + 2);
            assertThat(first(drive)).isEqualTo((byte) 2);
            assertThatThrownBy(() -> drive.locate(count + 5)).isInstanceOf(EndOfDataException.class);
            assertThat(drive.read(List.of(buffer.clear())).end()).isEqualTo(ReadRecords.End.DATA);
        }
    }

    private static void put(FileChannel tape, long place, int... words) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(words.length * TapWords.WORD).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.of(words).forEach(buffer::putInt);
        tape.write(buffer.flip(), place);
    }

    /** In the order of the positions, a simulated drive is much quicker. */
    @Test
    void simulatesTheWaysOfTheTape() throws Exception {
        try (Rig rig = new Rig(folder, "simulate", "lto9", "capacity", "100MB")) {
            VirtualDrive drive = rig.loaded();
            assertThat(drive.figures().loads()).isEqualTo(1);
            assertThat(drive.figures().simulated()).hasSeconds(17);
            write(drive, 1000, 10_000);
            drive.rewind();
            int[] targets = new Random(1).ints(200, 0, 1000).distinct().toArray();
            long random = nanos(drive, targets);
            Arrays.sort(targets);
            assertThat(nanos(drive, targets)).isLessThan(random * 3 / 4);
            assertThat(drive.figures().locates()).isBetween((long) targets.length, 3L * targets.length);
            assertThat(drive.figures().written()).isEqualTo(1000 * TapWords.span(10_000));
        }
    }

    private static long nanos(VirtualDrive drive, int... targets) throws IOException {
        drive.rewind();
        long before = drive.figures().simulated().toNanos();
        for (int target : targets) {
            drive.locate(target);
            first(drive);
        }
        return drive.figures().simulated().toNanos() - before;
    }

    @Test
    void simulatesNothingIfNothingIsAskedFor() throws Exception {
        try (Rig rig = new Rig(folder)) {
            VirtualDrive drive = rig.loaded();
            write(drive, 10, 10);
            drive.rewind();
            assertThat(drive.figures().simulated()).isZero();
            assertThat(drive.figures().locates()).isEqualTo(1);
        }
    }

    @Test
    void findsItsWayByFewSteps() {
        Positions positions = new Positions();
        long last = Boolean.getBoolean("hikae.long") ? 100L << 20 : 10L << 20;
        for (long position = 1; position <= last; position++) {
            positions.learn(position, position * 10);
        }
        for (long target : new long[] {0, 1, 31, 32, last / 3, last - 1, last}) {
            long kept = positions.before(target);
            assertThat(positions.offset(kept)).isEqualTo(kept * 10);
            assertThat(target - kept).isBetween(0L, 255L);
        }
        positions.cut(last / 2 + 1, (last / 2 + 1) * 10);
        assertThat(positions.known()).isEqualTo(last / 2 + 1);
        positions.learn(last / 2 + 2, 7);
        assertThat(positions.knownOffset()).isEqualTo(7);
        assertThat(positions.before(last)).isLessThanOrEqualTo(last / 2 + 1);
    }

    @Test
    void ownsUpToItsOptions() throws Exception {
        VirtualLibraryDriver driver = new VirtualLibraryDriver();
        driver.prepare(folder.toString(), Map.of("drives", "2", "simulate", "lto9", "pace", "1000", "reserve", "1MB"));
        try (VirtualLibrary library = driver.open(folder.toString())) {
            assertThat(library.drive(1).description()).contains("LTO-9");
        }
        Settings settings = new SettingsFile(folder).read("HK");
        assertThat(settings.pace()).isEqualTo(1000);
        assertThat(settings.reserve()).isEqualTo(1_000_000);
        assertThat(settings.capacity()).isEqualTo(100_000_000_000L);
    }
}
