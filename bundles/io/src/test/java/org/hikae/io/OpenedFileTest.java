package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hikae.api.fs.FileName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OpenedFileTest {

    @TempDir
    Path folder;

    @Test
    void staysTheSameFileWhateverBecomesOfItsName() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "first");
        try (OpenedFile opened = OpenedFile.open(file)) {
            Files.delete(file);
            Files.writeString(file, "another one");

            ByteBuffer bytes = ByteBuffer.allocate(20);
            opened.channel().read(bytes, 0);
            assertThat(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8))
                    .isEqualTo("first");
            assertThat(opened.attributes("unix:size,nlink"))
                    .containsEntry("size", 5L)
                    .containsEntry("nlink", 0);
        }
    }

    @Test
    void waitsForNoFifoAndFollowsNoSymlink() throws IOException {
        Path fifo = folder.resolve("fifo");
        UnixFiles.createSpecial(fifo, UnixFiles.FIFO, 0, 0);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createFile(folder.resolve("a")));

        assertThatThrownBy(() -> OpenedFile.open(fifo)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> OpenedFile.open(link)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> OpenedFile.open(folder)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> OpenedFile.open(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anyNameWillDo() throws IOException {
        Path file = ExactPaths.child(folder, new byte[] {(byte) 0xff, '\n', 'x'});
        Files.write(file, new byte[3]);
        try (OpenedFile opened = OpenedFile.open(file)) {
            assertThat(opened.channel().size()).isEqualTo(3);
        }
    }

    @Test
    void tellsHolesBeyondFourGigabytes() throws IOException {
        Path file = folder.resolve("sparse");
        long data = 5L << 30;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(data);
            sparse.write(1);
            sparse.setLength(data * 2);
        }
        try (OpenedFile opened = OpenedFile.open(file)) {
            assertThat(opened.nextData(0)).isBetween(data - (1 << 20), data);
            assertThat(opened.nextHole(data)).isBetween(data + 1, data + (1 << 20));
            assertThat(opened.nextData(data + (2 << 20))).isEqualTo(data * 2);
        }
    }

    @Test
    void extendedAttributesAreListedWithTheirValues() throws IOException {
        Path file = Files.createFile(folder.resolve("a"));
        byte[] large = new byte[2000];
        large[7] = 9;
        UnixFiles.setExtendedAttribute(file, "user.b".getBytes(StandardCharsets.UTF_8), large);
        UnixFiles.setExtendedAttribute(file, "user.a".getBytes(StandardCharsets.UTF_8), new byte[0]);

        assertThat(UnixFiles.extendedAttributes(file))
                .satisfiesExactly(
                        a -> assertThat(a.name()).isEqualTo(FileName.parse("user.a")),
                        b -> assertThat(b.value()).isEqualTo(large));

        UnixFiles.removeExtendedAttribute(file, "user.a".getBytes(StandardCharsets.UTF_8));
        assertThat(UnixFiles.extendedAttributes(file)).hasSize(1);
        assertThatThrownBy(() -> UnixFiles.removeExtendedAttribute(file, "user.a".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> UnixFiles.extendedAttributes(folder.resolve("none")))
                .isInstanceOf(IOException.class);
    }
}
