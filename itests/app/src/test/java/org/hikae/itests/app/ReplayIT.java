package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * a.7: a copy of a disk that was made with other tools while a backup ran and others wrote, and the log of that backup, make
 * the disk as it stood at T0; and so do that log and the image that the backup itself has made.
 */
class ReplayIT {

    private static final int MIB = 1 << 20;
    private static final int DISK_BYTES = 24 * MIB + 512;

    @TempDir
    Path folder;

    private Program program;
    private Path disk;
    private byte[] before;

    @BeforeEach
    void makeDisk() throws Exception {
        program = Program.in(folder);
        disk = folder.resolve("disk");
        before = new byte[DISK_BYTES];
        new Random(8).nextBytes(before);
        Arrays.fill(before, 18 * MIB, 20 * MIB, (byte) 0);
        Files.write(disk, before);
        program.ok(
                "-c",
                "disk add data '" + disk + "'; medium add m directory '" + folder.resolve("m")
                        + "'; medium add logs directory '" + folder.resolve("logs")
                        + "'; bilog strategy --place separate --log-medium logs");
    }

    /** Backs up while blocks that are copied late are overwritten, and copies the disk then. */
    private Path copyWhileWriting(Served served) throws Exception {
        byte[] noise = new byte[3 * MIB];
        new Random(9).nextBytes(noise);
        Path from = Files.write(folder.resolve("noise"), noise);
        Path fuzzy = folder.resolve("fuzzy");
        String job = served.startBackup("data --to m --layout image --rate 6MB/s");
        served.ok("job pause " + job);
        served.ok("node write n1 data --at " + (DISK_BYTES - noise.length) + " --from '" + from
                + "'; node write n1 data --at " + (17 * MIB + 777) + " --from '" + from + "'; node flush n1");
        Files.copy(disk, fuzzy);
        served.ok("job resume " + job + "; job wait " + job);
        return fuzzy;
    }

    private List<String> log() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("logs/data@1"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("log."))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static String replay(List<String> log, Path image) {
        return "bilog replay '" + String.join("' '", log) + "' --onto '" + image + "'";
    }

    @Test
    void aFuzzyCopyAndTheLogAreTheDiskAtT0() throws Exception {
        Path fuzzy;
        Path restored = folder.resolve("restored");
        try (Served served = Served.start(program)) {
            fuzzy = copyWhileWriting(served);
            served.ok("generation restore data@1 --to '" + restored + "'");
            assertRefused(served, fuzzy);
            served.stop();
        }
        assertThat(Files.mismatch(fuzzy, disk)).isEqualTo(-1);
        assertThat(Arrays.equals(Files.readAllBytes(restored), before)).isTrue();
        Path image = Files.copy(folder.resolve("m/data@1/image"), folder.resolve("image"));
        assertThat(Files.mismatch(image, restored)).isNotNegative();
        byte[] copied = Files.readAllBytes(fuzzy);
        assertThat(Arrays.equals(copied, before)).isFalse();
        // Nothing but the two files: neither this home nor the media nor the disk.
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        List<String> log = new ArrayList<>();
        for (String part : log()) {
            log.add(Files.move(Path.of(part), elsewhere.resolve("part" + log.size()))
                    .toString());
        }
        try (Served served = Served.start(Program.in(elsewhere))) {
            assertThat(served.ok(replay(log, fuzzy))).contains("records", "written");
            assertThat(Files.mismatch(fuzzy, restored)).isEqualTo(-1);
            served.ok(replay(log, fuzzy));
            assertThat(Files.mismatch(fuzzy, restored)).isEqualTo(-1);
            served.ok(replay(log, image));
            assertThat(Files.mismatch(image, restored)).isEqualTo(-1);
        }
    }

    /** What must not be written is left alone, and a log that is not whole is not begun. */
    private void assertRefused(Served served, Path fuzzy) throws Exception {
        byte[] before = Files.readAllBytes(fuzzy);
        assertThat(served.fails(replay(log(), disk))).contains("is disk 'data'");
        Path manifest = folder.resolve("m/data@1/manifest");
        assertThat(served.fails(replay(log(), manifest))).contains("lies in medium 'm'");
        Path torn = folder.resolve("torn");
        Files.copy(Path.of(log().get(0)), torn);
        try (RandomAccessFile file = new RandomAccessFile(torn.toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        assertThat(served.fails(replay(List.of(torn.toString()), fuzzy))).contains("cut off", torn.toString());
        assertThat(Arrays.equals(Files.readAllBytes(fuzzy), before)).isTrue();
    }
}
