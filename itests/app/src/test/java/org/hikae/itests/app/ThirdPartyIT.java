package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A medium driver and a file system format by somebody else, installed from the Gogo shell into a platform that runs (f.1, f.3). */
class ThirdPartyIT {

    @TempDir
    Path folder;

    @Test
    void aDriverIsInstalledWhileThePlatformRunsAndABackupGoesToIt() throws Exception {
        Program program = Program.in(folder);
        byte[] content = new byte[5_000_000];
        new Random(1).nextBytes(content);
        Path disk = Files.write(folder.resolve("disk"), content);
        Path restored = folder.resolve("restored");
        try (Program.Running server = program.serve()) {
            program.ok("disk", "add", "data", disk.toString());
            String location = Files.createDirectory(folder.resolve("theirs")).toString();
            assertThat(program.fails("medium", "add", "theirs", "example", location))
                    .contains("example");

            program.ok("-c", "start '" + driver().toUri() + "'");
            program.ok("medium", "add", "theirs", "example", location);
            program.ok("backup", "run", "data", "--to", "theirs");
            program.ok("generation", "verify", "data@1");
            program.ok("generation", "restore", "data@1", "--to", restored.toString());
            assertThat(Files.mismatch(disk, restored)).isEqualTo(-1);
            assertThat(program.ok("unit", "list")).contains("medium driver example", "file system format bfs");

            program.ok("-c", "stop org.hikae.example.driver");
            assertThat(program.fails("generation", "verify", "data@1")).contains("cannot be used now: theirs");
            program.ok("-c", "start '" + driver().toUri() + "'");

            Path old = Files.write(folder.resolve("old"), new byte[1 << 20]);
            assertThat(new ProcessBuilder("/usr/sbin/mkfs.bfs", old.toString())
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(program.ok("disk", "add", "old", old.toString())).contains("bfs, 1 MiB");
            assertThat(program.ok("disk", "blocks", "old")).contains("9 of 2048 blocks of 512");
            program.ok("backup", "run", "old", "--to", "theirs");
            assertThat(program.ok("generation", "files", "old@1", "--json")).contains("\"path\":\"/\"");

            server.signal("TERM");
            assertThat(server.await().code()).isZero();
        }
        // A bundle that was installed stays, as in any framework.
        assertThat(program.ok("generation", "verify", "data@1")).contains("data@1");
    }

    private static Path driver() throws Exception {
        Path target = Path.of("..", "example-driver", "target").toRealPath();
        try (Stream<Path> jars = Files.list(target)) {
            return jars.filter(jar -> jar.getFileName()
                            .toString()
                            .matches("org\\.hikae\\.example\\.driver-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
