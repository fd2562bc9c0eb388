package org.hikae.files.client.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.hikae.files.client.Client;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.run.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A restore of any number of files in a small heap. */
class MemoryTest {

    private static final int ENOUGH = 42;

    @TempDir
    Path temp;

    /** Arguments: home, target, number of files, and of those after which it is cut off for good. */
    public static void main(String[] arguments) throws IOException {
        Client client = new Client(Path.of(arguments[0]), Steps.NONE);
        client.now = Instant.now();
        long cut = Long.parseLong(arguments[3]);
        long[] given = new long[1];
        ManyFiles center = new ManyFiles(Long.parseLong(arguments[2])) {
            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                if (given[0] >= cut) {
                    throw new FormatException("enough");
                }
                given[0] += request.versions().size();
                return super.content(request);
            }
        };
        try {
            client.restore(Path.of("/w"), null, Path.of(arguments[1]), center);
        } catch (FormatException e) {
            System.exit(ENOUGH);
        }
    }

    private int restore(String heap, long files, long cut) throws IOException, InterruptedException {
        Files.createDirectories(temp.resolve("home"));
        Files.createDirectories(temp.resolve("to"));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryTest.class.getName(),
                        temp.resolve("home").toString(),
                        temp.resolve("to").toString(),
                        Long.toString(files),
                        Long.toString(cut))
                .inheritIO()
                .start();
        return process.waitFor();
    }

    private long there() throws IOException {
        try (Stream<Path> all = Files.walk(temp.resolve("to"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void whatIsToComeIsNotInMemory() throws IOException, InterruptedException {
        assertThat(restore("20m", 60_000, 2000)).isEqualTo(ENOUGH);
        assertThat(there()).isBetween(2000L, 4000L);
        // Nor is what is there already.
        assertThat(restore("20m", 60_000, 2000)).isEqualTo(ENOUGH);
        assertThat(there()).isBetween(4000L, 8000L);
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void aMillionFiles() throws IOException, InterruptedException {
        assertThat(restore("64m", 1_000_000, 700_000)).isEqualTo(ENOUGH);
        assertThat(restore("64m", 1_000_000, Long.MAX_VALUE)).isZero();
        assertThat(there()).isEqualTo(1_000_000);
    }
}
