package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that the system really makes, in languages that it really speaks. */
class SystemErrorTest {

    private static final String ENGLISH = "No space left on device";

    /** What a device that is always full says, and whether it is understood; run by a JVM of its own too. */
    public static void main(String[] arguments) throws IOException {
        try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            full.write(ByteBuffer.allocate(1));
        } catch (IOException e) {
            System.out.println(SystemError.NO_SPACE.isIn(e));
            System.out.println(SystemError.QUOTA_EXCEEDED.isIn(e) || SystemError.FILE_TOO_LARGE.isIn(e));
            System.out.println(NoSpaceException.ifSo(e, Path.of("/"), 0) instanceof NoSpaceException);
            System.out.println(e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "de", "ja", "fr"})
    void isKnownInAnyLanguage(String language) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SystemErrorTest.class.getName());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("LANGUAGE", language);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = said.lines().toList();
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(lines).as(said).hasSize(4);
        assumeThat(language.isEmpty() || !lines.get(3).equals(ENGLISH))
                .as("the system has translations")
                .isTrue();
        assertThat(lines.subList(0, 3)).as(said).containsExactly("true", "false", "true");
    }

    @Test
    void isKnownFromTheCauseToo() {
        IOException cause = new IOException("File too large");
        assertThat(SystemError.FILE_TOO_LARGE.isIn(new IOException("/d cannot be written", cause)))
                .isTrue();
        assertThat(SystemError.NO_SPACE.isIn(new IOException("/d cannot be written", cause)))
                .isFalse();
        assertThat(SystemError.NO_SPACE.isIn(null)).isFalse();
    }
}
