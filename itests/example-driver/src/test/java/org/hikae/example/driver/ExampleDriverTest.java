package org.hikae.example.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example keeps the contract: others will copy it. */
class ExampleDriverTest {
    @TempDir
    Path folder;

    private Medium medium;

    @BeforeEach
    void open() throws IOException {
        medium = new ExampleDriver().open(folder.toString());
    }

    @Test
    void aMissingFolderIsNamed() {
        String missing = folder.resolve("missing").toString();
        assertThatThrownBy(() -> new ExampleDriver().open(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing);
    }

    @Test
    void anObjectIsSeenOnceItIsCommitted() throws IOException {
        try (ObjectWriter writer = medium.create("d/1/x.y@z")) {
            writer.write(bytes("hello "));
            writer.write(bytes("world"));
            assertThat(writer.length()).isEqualTo(11);
            assertThat(medium.list("")).isEmpty();
            assertThatThrownBy(() -> medium.open("d/1/x.y@z")).isInstanceOf(NoSuchFileException.class);
            writer.commit();
        }
        assertThat(medium.list("")).containsExactly(new MediumObject("d/1/x.y@z", 11));
        assertThat(read("d/1/x.y@z", 6, 5)).isEqualTo("world");
    }

    @Test
    void anObjectThatIsNotCommittedIsGone() throws IOException {
        try (ObjectWriter writer = medium.create("a")) {
            writer.write(bytes("x"));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessLeftIsDiscarded() throws IOException {
        commit("whole");
        Files.writeString(folder.resolve(".half+1"), "x");
        assertThat(medium.list("")).hasSize(1);
        medium.discardUncommitted();
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
        assertThat(medium.list("")).containsExactly(new MediumObject("whole", 5));
    }

    @Test
    void namesAreInOrderAndBeginWithThePrefix() throws IOException {
        for (String name : new String[] {"a/b", "a-b", "a.b", "a0", "b", "a", "z/z", "a/b/c"}) {
            commit(name);
        }
        assertThat(medium.list(""))
                .extracting(MediumObject::name)
                .containsExactly("a", "a-b", "a.b", "a/b", "a/b/c", "a0", "b", "z/z");
        assertThat(medium.list("a/")).extracting(MediumObject::name).containsExactly("a/b", "a/b/c");
        assertThat(medium.list("c")).isEmpty();
    }

    @Test
    void aReadPastTheEndFails() throws IOException {
        commit("short");
        assertThatThrownBy(() -> read("short", 3, 3)).isInstanceOf(EOFException.class);
    }

    @Test
    void deletingIsDoneAndMayBeRepeated() throws IOException {
        commit("gone");
        medium.delete("gone");
        medium.delete("gone");
        assertThat(medium.list("")).isEmpty();
    }

    private void commit(String name) throws IOException {
        try (ObjectWriter writer = medium.create(name)) {
            writer.write(bytes(name));
            writer.commit();
        }
    }

    private String read(String name, long position, int length) throws IOException {
        try (ObjectReader reader = medium.open(name)) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            reader.read(buffer, position);
            return new String(buffer.array(), StandardCharsets.US_ASCII);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
