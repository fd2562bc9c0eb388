package org.hikae.example.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.fs.spi.FileSystemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide for authors of formats says of the contract is all of it, and its example is as it says. */
class GuideTest {

    static Stream<String> methods() {
        return Stream.of(FileSystemFormat.class, FileSystemReader.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(method -> method.getName());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodOfTheContractIsInTheGuide(String method) throws IOException {
        assertThat(Files.readString(Path.of("../../docs/format-guide.md"))).contains("`" + method + "`");
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void thePiecesOfTheExampleAreAsInItsSource(String piece) throws IOException {
        assertThat(Files.readString(Path.of("src/main/java/org/hikae/example/format/ExampleFormat.java")))
                .contains(piece);
    }

    @Test
    void theSourceIsAsShortAsTheGuideSays() throws IOException {
        long lines = Files.readString(Path.of("src/main/java/org/hikae/example/format/ExampleFormat.java"))
                .lines()
                .count();
        assertThat(Files.readString(Path.of("../../docs/format-guide.md"))).contains("has one in " + lines + " lines");
    }

    static Stream<String> pieces() throws IOException {
        String[] parts = Files.readString(Path.of("../../docs/format-guide.md")).split("```java\n");
        assertThat(parts).hasSizeGreaterThan(2);
        return Arrays.stream(parts).skip(1).map(part -> part.substring(0, part.indexOf("```")));
    }
}
