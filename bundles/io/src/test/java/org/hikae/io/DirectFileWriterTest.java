package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectFileWriterTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, (4 << 20) - 1, 4 << 20, (9 << 20) + 5})
    void writesExactlyWhatItGets(int length) throws IOException {
        Path file = folder.resolve("f");
        byte[] content = bytes(length, length);
        try (DirectFileWriter writer = DirectFileWriter.create(file)) {
            writer.write(ByteBuffer.wrap(content));
            assertThat(writer.length()).isEqualTo(length);
            writer.force();
            assertThat(writer.length()).isEqualTo(length);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @Test
    void goesOnAfterForce() throws IOException {
        Path file = folder.resolve("f");
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        Random random = new Random(4);
        try (DirectFileWriter writer = DirectFileWriter.create(file)) {
            for (int i = 0; i < 60; i++) {
                byte[] piece = bytes(random.nextInt(i % 5 == 0 ? 1 << 20 : 9000), i);
                writer.write(ByteBuffer.wrap(piece));
                model.writeBytes(piece);
                if (i % 3 == 0) {
                    writer.force();
                    assertThat(Files.readAllBytes(file)).isEqualTo(model.toByteArray());
                }
            }
            writer.force();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(model.toByteArray());
    }

    @Test
    void neverReplacesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "mine");
        assertThatThrownBy(() -> DirectFileWriter.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void failsAfterClose() throws IOException {
        DirectFileWriter writer = DirectFileWriter.create(folder.resolve("f"));
        writer.close();
        writer.close();
        assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(writer::force).isInstanceOf(ClosedChannelException.class);
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
