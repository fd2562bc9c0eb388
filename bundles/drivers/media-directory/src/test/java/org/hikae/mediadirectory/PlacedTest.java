package org.hikae.mediadirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.io.Buffers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are written in any order. */
class PlacedTest {

    @TempDir
    Path folder;

    private Medium medium;

    @BeforeEach
    void open() throws IOException {
        medium = new DirectoryDriver().open(folder.toString());
    }

    @AfterEach
    void close() throws IOException {
        medium.close();
    }

    /** Long aligned writes go another way than short or crooked ones, and both see each other. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 3 << 20, (5 << 20) + 17})
    void isWhatWasWrittenLast(int length) throws IOException {
        Random random = new Random(length);
        byte[] expected = new byte[length];
        PlacedWriter writer = medium.createPlaced("d@1/image", length);
        assertThat(writer.length()).isEqualTo(length);
        for (int i = 0; i < 200 && length > 0; i++) {
            int from = random.nextBoolean() ? random.nextInt(length) : random.nextInt(length) & -4096;
            int count = Math.min(length - from, random.nextInt(3) == 0 ? 1 << 20 : 1 + random.nextInt(20_000));
            step(writer, random, expected, from, count);
        }
        writer.commit();
        writer.close();
        assertThat(folder.resolve("d@1/image")).hasBinaryContent(expected);
        assertThat(medium.list("d@1/")).containsExactly(new MediumObject("d@1/image", length));
    }

    private static void step(PlacedWriter writer, Random random, byte[] expected, int from, int count)
            throws IOException {
        switch (random.nextInt(3)) {
            case 0 -> {
                writer.zero(from, count);
                Arrays.fill(expected, from, from + count, (byte) 0);
            }
            case 1 -> {
                ByteBuffer read = ByteBuffer.allocate(count);
                writer.read(read, from);
                assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(expected, from, count));
            }
            default -> {
                ByteBuffer data = random.nextBoolean() ? ByteBuffer.allocate(count + 3) : Buffers.allocate(count + 3);
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                data.put(bytes).flip();
                writer.write(data, from);
                assertThat(data.hasRemaining()).isFalse();
                assertThat(data.limit()).isEqualTo(count);
                System.arraycopy(bytes, 0, expected, from, count);
            }
        }
    }

    @Test
    void isSparseWhateverItsLength() throws IOException {
        long length = (1L << 41) + 123;
        try (PlacedWriter writer = medium.createPlaced("x", length)) {
            writer.write(ByteBuffer.wrap(new byte[] {7}), length - 1);
            writer.write(Buffers.allocate(1 << 20).put(0, (byte) 8), 1L << 40);
            writer.zero((1L << 40) - 5000, (1 << 20) + 6000);
            writer.write(Buffers.allocate(1 << 20).put(0, (byte) 9), 1L << 40);
            writer.commit();
        }
        assertThat((Long) Files.getAttribute(folder.resolve("x"), "unix:size")).isEqualTo(length);
        try (ObjectReader reader = medium.open("x")) {
            ByteBuffer one = ByteBuffer.allocate(1);
            reader.read(one, length - 1);
            assertThat(one.get(0)).isEqualTo((byte) 7);
            reader.read(one.clear(), 1L << 40);
            assertThat(one.get(0)).isEqualTo((byte) 9);
            long data = reader.nextData(0);
            assertThat(data == 0 || data == 1L << 40).isTrue();
            assertThat(reader.nextData(length)).isEqualTo(length);
        }
    }

    @Test
    void isWrittenByManyAtOnce() throws Exception {
        int piece = 100_000;
        byte[] expected = new byte[8 * piece];
        new Random(1).nextBytes(expected);
        try (PlacedWriter writer = medium.createPlaced("x", expected.length)) {
            List<FutureTask<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int from = i * piece;
                FutureTask<Void> task = new FutureTask<>(() -> {
                    for (int at = 0; at < piece; at += 1000) {
                        writer.write(ByteBuffer.wrap(expected, from + at, 1000), from + at);
                    }
                    return null;
                });
                tasks.add(task);
                new Thread(task, "placed").start();
            }
            for (FutureTask<Void> task : tasks) {
                get(task);
            }
            writer.commit();
        }
        assertThat(folder.resolve("x")).hasBinaryContent(expected);
    }

    private static void get(FutureTask<Void> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isInvisibleUntilCommittedAndVanishesWithout() throws IOException {
        PlacedWriter writer = medium.createPlaced("d@1/x", 10);
        writer.write(ByteBuffer.wrap(new byte[10]), 0);
        assertThat(medium.list("")).isEmpty();
        writer.close();
        writer.close();
        assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(1), 0)).hasMessageContaining("has ended");
        assertThatThrownBy(writer::commit).hasMessageContaining("has ended");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void isWrittenWithinItsLength() throws IOException {
        try (PlacedWriter writer = medium.createPlaced("x", 10)) {
            assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(2), 9))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> writer.zero(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> writer.read(ByteBuffer.allocate(11), 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void isNeverReplaced() throws IOException {
        PlacedWriter late = medium.createPlaced("x", 3);
        try (PlacedWriter writer = medium.createPlaced("x", 7)) {
            writer.commit();
        }
        assertThatThrownBy(() -> medium.createPlaced("x", 1)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(late::commit).isInstanceOf(FileAlreadyExistsException.class);
        late.close();
        assertThat(Files.size(folder.resolve("x"))).isEqualTo(7);
    }

    @Test
    void whatAKilledProcessLeftIsDiscarded() throws IOException {
        PlacedWriter left = medium.createPlaced("x", 1 << 20);
        try (Medium next = new DirectoryDriver().open(folder.toString())) {
            next.discardUncommitted();
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }
        left.close();
    }
}
