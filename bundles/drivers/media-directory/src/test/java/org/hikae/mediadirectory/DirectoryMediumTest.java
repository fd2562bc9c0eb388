package org.hikae.mediadirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryMediumTest {

    @TempDir
    Path parent;

    private Path folder;
    private Medium medium;

    @BeforeEach
    void open() throws IOException {
        folder = parent.resolve("控え medium");
        medium = new DirectoryDriver().open(folder.toString());
    }

    @Nested
    class Locations {

        @Test
        void makesAFolderThatOnlyItsOwnerReads() throws IOException {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }

        @Test
        void refusesWhatIsNoPlaceForAMedium() throws IOException {
            DirectoryDriver driver = new DirectoryDriver();
            Path file = Files.writeString(parent.resolve("file"), "");
            assertThatThrownBy(() -> driver.open(file.toString())).hasMessageContaining("is not a folder");
            assertThatThrownBy(() -> driver.open("relative/path")).hasMessageContaining("not an absolute path");
            assertThatThrownBy(() -> driver.open("\0")).hasMessageContaining("is not a path");
            assertThatThrownBy(() -> driver.open(parent.resolve("a/b").toString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a is not there");
            assertThat(parent.resolve("a")).doesNotExist();
        }
    }

    @Nested
    class Objects {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 4096, 5 << 20, (9 << 20) + 17})
        void areReadAsTheyWereWritten(int length) throws IOException {
            byte[] content = bytes(length);
            write("d@1/data.00.0000", content);
            assertThat(folder.resolve("d@1/data.00.0000")).hasBinaryContent(content);
            try (ObjectReader reader = medium.open("d@1/data.00.0000")) {
                assertThat(reader.length()).isEqualTo(length);
                ByteBuffer all = ByteBuffer.allocateDirect(length);
                reader.read(all, 0);
                assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(content));
                assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(2), length - 1))
                        .isInstanceOf(EOFException.class);
            }
        }

        @Test
        void areInvisibleUntilCommitted() throws IOException {
            ObjectWriter writer = medium.create("x");
            writer.write(ByteBuffer.wrap(bytes(10)));
            assertThat(writer.length()).isEqualTo(10);
            assertThat(medium.list("")).isEmpty();
            assertThatThrownBy(() -> medium.open("x")).isInstanceOf(NoSuchFileException.class);
            writer.commit();
            writer.close();
            assertThat(medium.list("")).containsExactly(new MediumObject("x", 10));
            assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
        }

        @Test
        void vanishIfNotCommitted() throws IOException {
            ObjectWriter writer = medium.create("d@1/x");
            writer.write(ByteBuffer.wrap(bytes(10)));
            writer.close();
            writer.close();
            assertThat(medium.list("")).isEmpty();
            assertThat(filesBelow(folder)).isEmpty();
        }

        @Test
        void areNeverReplaced() throws IOException {
            ObjectWriter late = medium.create("x");
            late.write(ByteBuffer.wrap(bytes(3)));
            write("x", bytes(7));
            assertThatThrownBy(() -> medium.create("x")).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(late::commit).isInstanceOf(FileAlreadyExistsException.class);
            late.close();
            assertThat(folder.resolve("x")).hasBinaryContent(bytes(7));
        }

        @Test
        void areListedByPrefixInOrder() throws IOException {
            for (String name : List.of("b@2/index", "a", "b@1/data.10", "b@1/data.9", "b@10/x/y/z")) {
                write(name, bytes(1));
            }
            Files.writeString(folder.resolve(".hidden"), "not ours");
            Files.writeString(folder.resolve("not ours"), "");
            Files.createDirectories(folder.resolve("b@1/1/2/3/4"));
            Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
            assertThat(names("")).containsExactly("a", "b@1/data.10", "b@1/data.9", "b@10/x/y/z", "b@2/index");
            assertThat(names("b@1")).containsExactly("b@1/data.10", "b@1/data.9", "b@10/x/y/z");
            assertThat(names("b@1/d")).containsExactly("b@1/data.10", "b@1/data.9");
            assertThat(names("b@1/data.9/")).isEmpty();
            assertThat(names("c/d/e")).isEmpty();
        }

        @Test
        void areDeletedWithTheirEmptyFolders() throws IOException {
            write("d@1/a", bytes(1));
            write("d@1/b", bytes(1));
            medium.delete("d@1/a");
            medium.delete("d@1/a");
            assertThat(names("")).containsExactly("d@1/b");
            medium.delete("d@1/b");
            assertThat(folder.resolve("d@1")).doesNotExist();
            assertThat(folder).isDirectory();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "/etc/passwd", "../x", "a/../b", "a//b", ".uncommitted/x", "a/b/c/d/e", "a\0", "ä", "a/"
                })
        void haveNamesThatStayInside(String name) {
            assertThatThrownBy(() -> medium.create(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> medium.open(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> medium.delete(name)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void areNotLookedForBehindSymbolicLinks() throws IOException {
            Path outside = Files.createDirectory(parent.resolve("outside"));
            Files.writeString(outside.resolve("secret"), "s");
            Files.createSymbolicLink(folder.resolve("out"), outside);
            Files.createSymbolicLink(folder.resolve("secret"), outside.resolve("secret"));
            assertThatThrownBy(() -> medium.open("out/secret")).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> medium.delete("out/secret")).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> medium.open("secret")).hasMessageContaining("not a regular file");
            assertThatThrownBy(() -> write("out/new", bytes(1))).hasMessageContaining("is not a folder");
            assertThat(filesBelow(outside)).hasSize(1);
            assertThat(names("")).isEmpty();
        }
    }

    @Nested
    class Failing {

        @Test
        void leftoversOfAnEarlierProcessAreDiscarded() throws IOException {
            medium.create("x").write(ByteBuffer.wrap(bytes(100))); // and never closed
            assertThat(filesBelow(folder)).hasSize(1);
            Medium next = new DirectoryDriver().open(folder.toString());
            next.discardUncommitted();
            assertThat(filesBelow(folder)).isEmpty();
        }

        @Test
        void aFolderThatIsGoneIsToldAndNotMadeAgain() throws IOException {
            write("x", bytes(1));
            ObjectWriter writer = medium.create("d@1/y");
            writer.write(ByteBuffer.wrap(bytes(1)));
            Files.move(folder, parent.resolve("away"));
            String told = "is not there any more";
            assertThatThrownBy(writer::commit).hasMessageContaining(told);
            writer.close();
            assertThatThrownBy(() -> medium.list("")).hasMessageContaining(told);
            assertThatThrownBy(() -> medium.create("z")).hasMessageContaining(told);
            assertThatThrownBy(() -> medium.open("x")).hasMessageContaining(told);
            assertThatThrownBy(() -> medium.delete("x")).hasMessageContaining(told);
            assertThatThrownBy(() -> medium.space()).hasMessageContaining(told);
            assertThatThrownBy(medium::discardUncommitted).hasMessageContaining(told);
            assertThat(folder).doesNotExist();
        }

        @Test
        void aClosedMediumRefusesEverything() throws IOException {
            medium.close();
            medium.close();
            assertThatThrownBy(() -> medium.list("")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> medium.create("x")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> medium.open("x")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> medium.delete("x")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> medium.space()).isInstanceOf(IOException.class);
            assertThatThrownBy(medium::discardUncommitted).isInstanceOf(IOException.class);
        }
    }

    private void write(String name, byte[] content) throws IOException {
        try (ObjectWriter writer = medium.create(name)) {
            for (int at = 0; at < content.length; at += 300_000) {
                writer.write(ByteBuffer.wrap(content, at, Math.min(300_000, content.length - at)));
            }
            writer.commit();
        }
    }

    private List<String> names(String prefix) throws IOException {
        return medium.list(prefix).stream().map(MediumObject::name).toList();
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
