package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * a.4, a.6: images that are made while others write are the disks as they stood at T0, for any tool, however the log came to
 * its place in them.
 */
class ImageIT {

    private static final int MIB = 1 << 20;
    private static final int DISK_BYTES = 24 * MIB;

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void makeDisks() throws Exception {
        program = Program.in(folder);
        Path data = makeDisk("data");
        Path mail = makeDisk("mail");
        program.ok(
                "-c",
                "disk add data '" + data + "' --format raw; disk add mail '" + mail
                        + "' --format raw; medium add m directory '" + folder.resolve("m")
                        + "'; bilog strategy data --gather central --place medium"
                        + "; bilog strategy mail --gather per-node --place overlay");
    }

    /** A file system, with noise in its free blocks, which goes up to the disk's end. */
    private Path makeDisk(String name) throws Exception {
        Path disk = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        assertThat(run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", disk.toString()))
                .isZero();
        byte[] noise = new byte[5 * MIB];
        new Random(name.hashCode()).nextBytes(noise);
        Arrays.fill(noise, 2 * MIB, 3 * MIB, (byte) 0);
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek(DISK_BYTES - noise.length);
            file.write(noise);
        }
        Files.copy(disk, before(name));
        return disk;
    }

    private Path before(String disk) {
        return folder.resolve(disk + ".before");
    }

    private int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tool").toFile())
                .start()
                .waitFor();
    }

    @Test
    void imagesAreTheDisksAtT0() throws Exception {
        Path noise = folder.resolve("noise");
        byte[] bytes = new byte[4 * MIB];
        new Random(9).nextBytes(bytes);
        Files.write(noise, bytes);
        try (Served served = Served.start(program)) {
            String data = start(served, "data");
            String mail = start(served, "mail");
            served.ok(write("data", noise, bytes.length) + "; " + write("mail", noise, bytes.length));
            served.ok("job resume " + data + "; job resume " + mail + "; job wait " + data + "; job wait " + mail);
            served.stop();
        }
        check("data");
        check("mail");
    }

    private static String start(Served served, String disk) throws Exception {
        String job = served.startBackup(disk + " --to m --layout image --rate 6MB/s");
        served.ok("job pause " + job);
        return job;
    }

    /** Over what is copied last, and over what is copied already. */
    private static String write(String disk, Path from, int length) {
        return "node write n1 " + disk + " --at " + (DISK_BYTES - length - 333) + " --from '" + from
                + "'; node write n1 " + disk + " --at 0 --from '" + from + "'; node flush n1";
    }

    private void check(String disk) throws Exception {
        Path image = folder.resolve("m/" + disk + "@1/image");
        assertThat(Files.mismatch(folder.resolve(disk), before(disk))).isNotNegative();
        assertThat(Files.mismatch(image, before(disk))).isEqualTo(-1);
        assertThat(run("e2fsck", "-f", "-n", image.toString()))
                .as(Files.readString(folder.resolve("tool")))
                .isZero();
        String generation = disk + "@1";
        assertThat(program.ok("-c", "generation verify " + generation + "; generation info " + generation + " --json"))
                .containsPattern("\"loggedBlocks\"\\s*:\\s*[1-9]");
    }
}
