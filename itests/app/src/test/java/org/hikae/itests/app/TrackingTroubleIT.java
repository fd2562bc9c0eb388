package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When changes cannot be tracked, writes go on as long as that is safe, and everybody is told. */
class TrackingTroubleIT {

    private static final int DISK_BYTES = 8 << 20;

    @TempDir
    Path folder;

    private Program program;
    private Path disk;
    private Path mounted;

    @BeforeEach
    void makeDisk() throws Exception {
        program = Program.in(folder);
        disk = Files.write(folder.resolve("disk"), new byte[DISK_BYTES]);
        Files.write(folder.resolve("noise"), new byte[] {1, 2, 3});
    }

    /** The disk and the medium, by commands to begin a script with: one process for each of them would take its time. */
    private String add() {
        return "disk add data '" + disk + "'; medium add vault directory '" + folder.resolve("vault") + "'";
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted != null) {
            shell("umount", "-l", mounted.toString());
        }
    }

    private String write(long at) {
        return "node write n1 data --at " + at + " --from '" + folder.resolve("noise") + "'";
    }

    /** A file system of a few pages in place of the folder in the home; the test is skipped where none can be mounted. */
    private void mountInHome(String size) throws Exception {
        mounted = Files.createDirectories(program.home().resolve("tracking"));
        boolean done = shell("mount", "-t", "tmpfs", "-o", "size=" + size, "hikae-test", mounted.toString()) == 0;
        mounted = done ? mounted : null;
        Assumptions.assumeTrue(done, "only root can mount a small file system: skipped");
    }

    private static int shell(String... words) throws Exception {
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    @Test
    void aFullHomeLetsWritesGoOnAndTheNextBackupSaysThatItIsAFullOne() throws Exception {
        program.ok("-c", add());
        mountInHome("64k");
        String output = program.ok("-c", write(5000) + "; disk info data; backup run data --to vault; disk list");
        assertThat(output).contains("change tracking", "could not be recorded in the home", "tracking problem");
        assertThat(Files.readAllBytes(disk)).startsWith(new byte[5000]).contains(1, 2, 3);
        assertThat(program.fails("mark", "add", "data", "monday")).contains("cannot be marked");

        shell("mount", "-o", "remount,size=8m", mounted.toString());
        program.ok("-c", "mark add data monday; " + write(9000));
        assertThat(program.ok("disk", "blocks", "data", "--changed", "--since", "monday"))
                .contains("\n     2       1\n");
    }

    @Test
    void aReadOnlyHomeRefusesWritesThatNobodyWouldKnowOf() throws Exception {
        program.ok("-c", add());
        mountInHome("8m");
        program.ok("-c", "mark add data monday; " + write(0));
        shell("mount", "-o", "remount,ro", mounted.toString());
        assertThat(program.fails("-c", write(4096))).contains("disk 'data' is not written", "make the home writable");
        assertThat(Files.readAllBytes(disk)[4096]).isZero();
        assertThat(program.ok("disk", "list")).contains("data");

        shell("mount", "-o", "remount,rw", mounted.toString());
        program.ok("-c", write(4096));
    }

    @Test
    void aWriteAroundTheDoorIsSaid() throws Exception {
        program.ok("-c", add() + "; mark add data monday; " + write(0));
        Files.write(disk, "something else".getBytes(StandardCharsets.UTF_8), java.nio.file.StandardOpenOption.WRITE);
        assertThat(program.ok("disk", "info", "data")).contains("it was changed by something else than Hikae's nodes");
        assertThat(program.fails("-c", "mark list data; disk blocks data --changed --since monday"))
                .containsPattern(
                        "(?s)monday.*changed by something else.*disk blocks: disk 'data': .*changed by something");
        String backedUp = program.ok("-c", "backup run data --to vault; disk info data --json");
        assertThat(backedUp).contains("changed by something else", "\"trackingProblem\": null");
    }

    /** R14: of a block device, only what is on it tells. */
    @Test
    void aMountOfABlockDeviceAroundTheDoorIsSaid() throws Exception {
        Path image = Files.write(folder.resolve("image"), new byte[8 << 20]);
        assertThat(shell("mkfs.ext4", "-q", "-F", image.toString())).isZero();
        Process losetup = new ProcessBuilder("losetup", "-f", "--show", image.toString()).start();
        String device = new String(losetup.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Assumptions.assumeTrue(losetup.waitFor() == 0, "only root can make a block device: skipped");
        try {
            String last = "node write n1 device --at 8388600 --from '" + folder.resolve("noise") + "'";
            Files.write(folder.resolve("noise"), new byte[8]);
            program.ok("-c", add() + "; disk add device " + device + "; backup run device --to vault; " + last);
            String differential = "backup run device --to vault --differential";
            assertThat(program.ok("-c", differential)).doesNotContain("full");

            Path mounted = Files.createDirectories(folder.resolve("mounted"));
            assertThat(shell("mount", device, mounted.toString())).isZero();
            Files.writeString(mounted.resolve("file"), "around the door");
            assertThat(shell("umount", mounted.toString())).isZero();
            assertThat(program.ok("-c", last + "; " + differential))
                    .contains("its file system was mounted, repaired or made anew");
        } finally {
            shell("umount", "-q", folder.resolve("mounted").toString());
            shell("losetup", "-d", device);
        }
    }

    @Test
    void damagedFilesAreSaidAndNothingElseIsHarmed() throws Exception {
        program.ok("-c", add() + "; mark add data monday; " + write(0));
        for (Path file : trackingFiles()) {
            Files.write(file, new byte[100]);
        }
        assertThat(program.ok("disk", "list")).contains("data").doesNotContain("PROBLEM");
        String marks = "mark add data tuesday; " + write(DISK_BYTES - 3);
        assertThat(program.ok("-c", "disk info data; " + write(0) + "; " + marks))
                .contains("its file state is damaged");
        String blocks = "disk blocks data --changed --since tuesday --json";
        assertThat(program.ok("-c", blocks + "; disk remove data")).contains("[2047, 1]");
        assertThat(trackingFiles()).isEmpty();
    }

    private List<Path> trackingFiles() throws IOException {
        try (Stream<Path> files = Files.walk(program.home().resolve("tracking"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
