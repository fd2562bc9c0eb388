package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Homes and media that older versions have written: this one reads them. There is one for each format of the home and
 * of media that was ever released; none is ever changed.
 */
class GoldenHomeIT {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "home-1");

    @TempDir
    Path folder;

    @BeforeEach
    void copyGolden() throws IOException {
        try (Stream<Path> paths = Files.walk(GOLDEN)) {
            for (Path path : paths.toList()) {
                Path target = folder.resolve(GOLDEN.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (path.toString().endsWith(".config")) {
                    Files.writeString(target, Files.readString(path).replace("@FOLDER@", folder.toString()));
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    @Test
    void aHomeOfFormat1IsRead() throws Exception {
        try (Served served = Served.start(program())) {
            for (String line : Files.readAllLines(folder.resolve("expected"))) {
                String generation = line.split(" ")[0];
                Path restored = folder.resolve("restored " + generation);
                served.ok("generation verify " + generation);
                served.ok("generation restore " + generation + " --to '" + restored + "'");
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(restored));
                assertThat(HexFormat.of().formatHex(hash)).isEqualTo(line.split(" ")[1]);
            }
            assertThat(served.ok("job list")).contains("backup", "verify", "restore");
            assertThat(served.ok("node list")).contains("n1", "n2");
            assertThat(served.ok("bilog strategy data")).contains("separate", "scratch");
        }
    }

    @Test
    void numbersGoOnWhereTheyWere() throws Exception {
        program().ok("generation", "remove", "data@2");
        Files.write(folder.resolve("disk.img"), new byte[2_880_123]);
        String made = program().ok("-c", "backup run data --to vault; generation list --json");
        assertThat(Program.ids(made)).containsExactlyInAnyOrder("data@1", "data@3");
    }

    @Test
    void aHomeOfANewerFormatIsRefused() throws Exception {
        Files.writeString(folder.resolve("home").resolve("version"), "2\n");
        assertThat(program().fails("status")).contains("format 2", "newer");
    }

    private Program program() {
        return Program.in(folder);
    }
}
