package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails in mid-backup gives a clear error, leaves no generation, and the platform goes on (I3, I9). */
class FaultsIT {

    private static final int DISK_BYTES = 32 << 20;
    private static final String SLOWLY = "10MB/s";

    @TempDir
    Path folder;

    private Program program;
    private Program.Running server;
    private byte[] content;
    private Path mounted;

    @BeforeEach
    void serve() throws Exception {
        program = Program.in(folder);
        content = new byte[DISK_BYTES];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("disk"), content);
        server = program.serve();
        program.ok("disk", "add", "data", folder.resolve("disk").toString());
        addMedium("vault");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        if (mounted != null) {
            shell("umount", "-l", mounted.toString());
        }
    }

    private void addMedium(String name) throws Exception {
        program.ok("medium", "add", name, "directory", folder.resolve(name).toString());
    }

    private static int shell(String... words) throws Exception {
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    /** A file system of its own; the test is skipped where it cannot be mounted. */
    private void mount(String name, String... options) throws Exception {
        mounted = Files.createDirectory(folder.resolve(name));
        List<String> words = new ArrayList<>(List.of("mount"));
        words.addAll(List.of(options));
        words.add(mounted.toString());
        boolean done = shell(words.toArray(String[]::new)) == 0;
        if (!done) {
            mounted = null;
        }
        Assumptions.assumeTrue(done, "only root can mount a file system: skipped");
    }

    private void mountSmall(String name) throws Exception {
        mount(name, "-t", "tmpfs", "-o", "size=12m", "hikae-test");
    }

    /** The platform works as if nothing had been. */
    private void assertWorks() throws Exception {
        assertThat(program.generations()).isEmpty();
        program.ok("backup", "run", "data", "--to", "vault");
        String id = program.generations().get(0);
        program.ok("generation", "verify", id);
    }

    private String awaitFailure(String job) throws Exception {
        return program.fails("job", "wait", job);
    }

    @Test
    void mediumFull() throws Exception {
        mountSmall("small");
        addMedium("small");
        assertThat(program.fails("backup", "run", "data", "--to", "small")).contains("full");
        assertThat(program.generations()).isEmpty();
        try (var left = Files.list(mounted)) {
            assertThat(left.filter(path -> path.toString().contains("@"))).isEmpty();
        }
        assertWorks();
    }

    /** As a kernel does it when a disk fails: at once, under files that are open for writing. */
    @Test
    void mediumReadOnlyInMidCopy() throws Exception {
        Path image = folder.resolve("failing.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(100 << 20);
        }
        assertThat(shell("mkfs.ext4", "-q", image.toString())).isZero();
        mount("failing", "-o", "loop", image.toString());
        addMedium("failing");
        String job = program.startBackup("data", "--to", "failing", "--rate", SLOWLY);
        assertThat(shell("mount", "-o", "remount,abort", mounted.toString())).isZero();
        assertThat(awaitFailure(job)).contains("failing").containsIgnoringCase("read-only");
        assertWorks();
    }

    @Test
    void mediumGoneInMidCopyAndBack() throws Exception {
        String job = program.startBackup("data", "--to", "vault", "--rate", SLOWLY);
        Path vault = folder.resolve("vault");
        Path away = folder.resolve("away");
        Files.move(vault, away);
        awaitFailure(job);
        Files.move(away, vault);
        assertWorks();
    }

    @Test
    void diskShrunkInMidBackup() throws Exception {
        String job = program.startBackup("data", "--to", "vault", "--rate", SLOWLY);
        try (RandomAccessFile disk = new RandomAccessFile(folder.resolve("disk").toFile(), "rw")) {
            disk.setLength(DISK_BYTES / 2);
            assertThat(awaitFailure(job)).contains("shorter");
            disk.setLength(DISK_BYTES);
        }
        assertWorks();
    }

    @Test
    void cancelled() throws Exception {
        String job = program.startBackup("data", "--to", "vault", "--rate", SLOWLY);
        program.ok("job", "cancel", job);
        assertThat(awaitFailure(job)).contains("cancel");
        assertWorks();
    }

    @Test
    void ctrlC() throws Exception {
        Program.Running client = program.start("backup", "run", "data", "--to", "vault", "--rate", SLOWLY);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> program.ok("job", "list", "--json")
                .contains("\"running\""));
        client.signal("INT");
        Program.Result result = client.await();
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("cancelled");
        assertWorks();
    }

    @Test
    void nodeRemovedInMidBackup() throws Exception {
        program.ok("node", "add", "n2");
        Path noise = Files.write(folder.resolve("noise"), new byte[4 << 20]);
        String job = program.startBackup("data", "--to", "vault", "--rate", SLOWLY, "--nodes", "n1,n2");
        program.ok("node", "write", "n2", "data", "--at", "24MiB", "--from", noise.toString());
        program.ok("node", "remove", "n2");
        program.ok("job", "wait", job);
        assertRestores(program.generations().get(0));
    }

    @Test
    void twoBackupsAtOnceToOneMedium() throws Exception {
        Path other = Files.write(folder.resolve("other"), content);
        program.ok("disk", "add", "other", other.toString());
        String one = program.startBackup("data", "--to", "vault", "--rate", SLOWLY);
        String two = program.startBackup("other", "--to", "vault", "--rate", SLOWLY);
        String three = program.startBackup("data", "--to", "vault", "--rate", SLOWLY);
        for (String job : new String[] {one, two, three}) {
            program.ok("job", "wait", job);
        }
        assertThat(program.generations()).hasSize(3);
        for (String id : program.generations()) {
            assertRestores(id);
        }
    }

    private void assertRestores(String id) throws IOException, InterruptedException {
        Path restored = folder.resolve("restored " + id);
        program.ok("generation", "verify", id);
        program.ok("generation", "restore", id, "--to", restored.toString());
        assertThat(Files.mismatch(restored, Files.write(folder.resolve("expected"), content)))
                .isEqualTo(-1);
    }
}
