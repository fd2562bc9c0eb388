package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileDeviceTest {

    private static final int SIZE = 3 * 1024 * 1024 + 777;

    @TempDir
    Path folder;

    private Path file;
    private byte[] content;

    @BeforeEach
    void makeFile() throws IOException {
        file = folder.resolve("控え disk.img");
        content = new byte[SIZE];
        new Random(1).nextBytes(content);
        Files.write(file, content);
    }

    @ParameterizedTest
    @EnumSource
    void readsAnyRangeIntoAnyBuffer(FileDevice.Mode mode) throws IOException {
        Random random = new Random(2);
        try (FileDevice device = FileDevice.open(file, 4096, mode)) {
            assertThat(device.size()).isEqualTo(SIZE);
            for (int i = 0; i < 300; i++) {
                int shift = random.nextInt(3) * 512;
                int offset = random.nextBoolean() ? random.nextInt(SIZE + 1) : random.nextInt(SIZE / 4096) * 4096;
                int length = random.nextInt(i % 3 == 0 ? SIZE - offset + 1 : Math.min(20000, SIZE - offset + 1));
                ByteBuffer dst =
                        random.nextInt(3) == 0 ? ByteBuffer.allocate(length + shift) : Buffers.allocate(length + shift);
                dst.position(shift);
                device.read(dst, offset);
                assertThat(dst.hasRemaining()).isFalse();
                assertThat(dst.flip().position(shift)).isEqualTo(ByteBuffer.wrap(content, offset, length));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsOutside(FileDevice.Mode mode) throws IOException {
        try (FileDevice device = FileDevice.open(file, 4096, mode)) {
            ByteBuffer two = ByteBuffer.allocate(2);
            assertThatThrownBy(() -> device.read(two, SIZE - 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> device.read(two, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> device.read(two, Long.MAX_VALUE)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> device.nextData(SIZE + 1)).isInstanceOf(IndexOutOfBoundsException.class);
            device.read(ByteBuffer.allocate(0), SIZE);
            assertThat(device.nextData(SIZE)).isEqualTo(SIZE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsAfterClose(FileDevice.Mode mode) throws IOException {
        FileDevice device = FileDevice.open(file, 4096, mode);
        device.nextData(0);
        device.close();
        device.close();
        assertThatThrownBy(() -> device.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> device.nextData(0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(device::force).isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @EnumSource
    void noticesThatTheFileWasCutShort(FileDevice.Mode mode) throws IOException {
        try (FileDevice device = FileDevice.open(file, 4096, mode)) {
            try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw")) {
                other.setLength(10_000);
            }
            device.read(Buffers.allocate(8192), 0);
            String told = "is shorter than it was";
            assertThatThrownBy(() -> device.read(Buffers.allocate(1 << 20), 0)).hasMessageContaining(told);
            assertThatThrownBy(() -> device.read(Buffers.allocate(1 << 20), 1 << 20))
                    .hasMessageContaining(told);
            assertThatThrownBy(() -> device.nextData(20_000)).hasMessageContaining(told);
            if (!device.readOnly()) {
                assertThatThrownBy(() -> device.write(ByteBuffer.allocate(1), SIZE - 1))
                        .hasMessageContaining(told);
                assertThatThrownBy(() -> device.zero(0, SIZE)).hasMessageContaining(told);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_WRITE", "WRITE_DIRECT"})
    void writesGoThroughToDirectReaders(FileDevice.Mode mode) throws IOException {
        try (FileDevice door = FileDevice.open(file, 4096, mode);
                FileDevice copier = FileDevice.open(file, 4096, FileDevice.Mode.READ_DIRECT)) {
            Random random = new Random(3);
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[random.nextInt(700_000)];
                random.nextBytes(bytes);
                int offset = random.nextInt(SIZE - bytes.length) & (i % 3 == 0 ? -1 : -4096);
                door.write(i % 2 == 0 ? ByteBuffer.wrap(bytes) : direct(bytes), offset);
                System.arraycopy(bytes, 0, content, offset, bytes.length);
                if (i % 10 == 0) {
                    ByteBuffer all = Buffers.allocate(SIZE);
                    copier.read(all, 0);
                    assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(content));
                }
            }
            door.force();
        }
        assertThat(Files.size(file)).isEqualTo(SIZE);
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_WRITE", "WRITE_DIRECT"})
    void zeroesAnyRange(FileDevice.Mode mode) throws IOException {
        try (FileDevice device = FileDevice.open(file, 512, mode)) {
            long[][] ranges = {{5, 10}, {4095, 2}, {4096, 8192}, {100_001, 500_003}, {SIZE - 1, 1}, {2_000_000, 0}};
            for (long[] range : ranges) {
                device.zero(range[0], range[1]);
                Arrays.fill(content, (int) range[0], (int) (range[0] + range[1]), (byte) 0);
                assertThat(Files.readAllBytes(file)).isEqualTo(content);
            }
            device.zero(0, SIZE);
            assertThat(Files.readAllBytes(file)).isEqualTo(new byte[SIZE]);
            assertThat(device.nextData(4096)).isIn(4096L, (long) SIZE, (long) SIZE / 4096 * 4096);
        }
    }

    @Test
    void readOnlyModesRefuseWrites() throws IOException {
        for (FileDevice.Mode mode : new FileDevice.Mode[] {FileDevice.Mode.READ, FileDevice.Mode.READ_DIRECT}) {
            try (FileDevice device = FileDevice.open(file, 4096, mode)) {
                assertThat(device.readOnly()).isTrue();
                assertThatThrownBy(() -> device.write(ByteBuffer.allocate(1), 0))
                        .isInstanceOf(NonWritableChannelException.class);
                assertThatThrownBy(() -> device.zero(0, 1)).isInstanceOf(NonWritableChannelException.class);
            }
        }
    }

    @Test
    void opensOnlyFilesThatAreThere() {
        assertThatThrownBy(() -> FileDevice.open(folder, 4096, FileDevice.Mode.READ))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> FileDevice.open(folder.resolve("none"), 4096, FileDevice.Mode.READ_DIRECT))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> FileDevice.open(file, 1000, FileDevice.Mode.READ))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class Sparse {

        @Test
        void findsDataAndHoles() throws IOException {
            Path sparse = folder.resolve("sparse");
            try (RandomAccessFile made = new RandomAccessFile(sparse.toFile(), "rw")) {
                made.setLength(64 << 20);
                made.seek(32 << 20);
                made.write(new byte[1 << 20]);
            }
            try (FileDevice device = FileDevice.open(sparse, 4096, FileDevice.Mode.READ)) {
                assertThat(device.nextData(0)).isEqualTo(32 << 20);
                assertThat(device.nextHole(0)).isZero();
                assertThat(device.nextHole(32 << 20)).isEqualTo(33 << 20);
                assertThat(device.nextData(33 << 20)).isEqualTo(64 << 20);
            }
        }

        @Test
        void tellsNothingOfAnotherFileUnderTheSameName() throws IOException {
            try (FileDevice device = FileDevice.open(file, 4096, FileDevice.Mode.READ)) {
                Path other = folder.resolve("other");
                try (RandomAccessFile made = new RandomAccessFile(other.toFile(), "rw")) {
                    made.setLength(SIZE);
                }
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                assertThat(device.nextData(0)).isZero();
            }
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return Buffers.allocate(bytes.length).put(bytes).flip();
    }
}
