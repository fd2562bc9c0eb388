package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactPathsTest {

    @TempDir
    Path folder;

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyByteOfANameIsKept() throws IOException {
        for (int b = 1; b < 256; b++) {
            if (b != '/' && b != '.') {
                Files.createFile(ExactPaths.child(folder, new byte[] {(byte) b}));
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<byte[]> names = files.map(ExactPaths::bytes).toList();
            assertThat(names).hasSize(253);
            assertThat(names.stream().map(name -> name[name.length - 1] & 0xff).distinct())
                    .hasSize(253);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "../x", "./a//b/", "/", "//a/", "/caf\u00e9", "\u00ff/\u00fe", "..", "%41"})
    void targetsOfSymlinksAreKeptAsTheyAre(String target) throws Exception {
        Path link = folder.resolve("link");
        UnixFiles.createSymlink(link, latin1(target));
        Process readlink = new ProcessBuilder("readlink", "-n", link.toString()).start();
        assertThat(readlink.getInputStream().readAllBytes()).isEqualTo(latin1(target));
    }

    @Test
    void targetsAreReadBackAsPaths() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), ExactPaths.of(latin1("../\u00fe/x")));
        assertThat(Files.readSymbolicLink(link)).isEqualTo(ExactPaths.of(latin1("../\u00fe/x")));
        assertThatThrownBy(() -> UnixFiles.createSymlink(link, latin1("x")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> ExactPaths.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0"})
    void whatLeadsElsewhereIsNoName(String name) {
        assertThat(ExactPaths.isName(latin1(name))).isFalse();
        assertThatThrownBy(() -> ExactPaths.child(folder, latin1(name))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dotsCanBePartOfAName() {
        assertThat(ExactPaths.isName(latin1("..."))).isTrue();
        assertThat(ExactPaths.isName(latin1(".a"))).isTrue();
    }
}
