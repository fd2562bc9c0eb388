package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.Layout;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Generations of real disks are proven, or found to be of no use. */
public class DrillIT extends InFramework {
    private static final String NAME = "drilled";
    private static final int BLOCK = 4096;

    private Lab lab;
    private Path image;
    /** Of the last drill: bytes that were copied to be checked, and those of files. */
    private long copied;

    @Before
    public void makeImage() throws Exception {
        lab = Lab.in(context);
        Path source = Files.createTempDirectory(lab.folder, "drill");
        Files.createDirectories(source.resolve("a/b"));
        for (int i = 0; i < 50; i++) {
            Files.write(
                    source.resolve("a/f" + i),
                    ("content " + i + "\n").repeat(i * 100).getBytes(StandardCharsets.US_ASCII));
        }
        Files.createLink(source.resolve("a/b/other name"), source.resolve("a/f49"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("a/f1"));
        image = lab.folder.resolve("drill.img");
        Files.deleteIfExists(image);
        run("mkfs.ext4", "-q", "-F", "-b", "4096", "-d", source.toString(), image.toString(), "32M");
    }

    @After
    public void removeDisk() throws IOException {
        if (lab.disks().list().stream().anyMatch(disk -> disk.name().equals(NAME))) {
            lab.disks().remove(NAME);
        }
        try (Stream<Path> files = Files.walk(lab.folder.resolveSibling("drills"))) {
            assertThat(files.map(Path::toString).filter(name -> name.contains("hikae-drill")))
                    .isEmpty();
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(code(command)).as("%s", List.of(command)).isZero();
    }

    private static int code(String... command) throws Exception {
        List<String> found = new ArrayList<>(Arrays.asList(command));
        Path program = Path.of("/usr/sbin", command[0]);
        found.set(0, Files.isExecutable(program) ? program.toString() : command[0]);
        Process process = new ProcessBuilder(found)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void debugfs(String... commands) throws Exception {
        Path script = Files.write(lab.folder.resolve("commands"), List.of(commands));
        run("debugfs", "-w", "-f", script.toString(), image.toString());
    }

    private String backUp(boolean differential) throws Exception {
        return Lab.generation(lab.backups()
                .backUp(new BackupRequest(
                        NAME,
                        Lab.MEDIUM,
                        List.of(),
                        CopyLimits.NONE,
                        Layout.PACKED,
                        differential,
                        null,
                        Quieting.NONE,
                        null)));
    }

    private JobInfo drill(String generation) throws Exception {
        return Lab.end(lab.backups().drill(new DrillRequest(generation, null)));
    }

    private Map<String, Object> proven(String generation) throws Exception {
        JobInfo end = drill(generation);
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        assertThat(end.doneBytes()).as("%s", end).isEqualTo(end.totalBytes());
        Drill drill = lab.backups().drills().get(generation);
        assertThat(drill.problem()).isNull();
        copied = end.totalBytes();
        assertThat(drill.digest()).isEqualTo(end.result().get("digest"));
        return end.result();
    }

    /** A full one and one that builds upon it, each as often as one likes, and also when the disk is gone. */
    @Test
    public void generationsOfAnExtDisk() throws Exception {
        lab.disks().add(NAME, image, null, 0);
        String full = backUp(false);
        Map<String, Object> first = proven(full);
        assertThat(first).containsEntry("files", 51L);
        assertThat(copied).as("only the file system's own blocks").isLessThan(Files.size(image));
        assertThat((String) first.get("checker")).startsWith("e2fsck 1.");
        try (BlockDevice door = lab.node("n2").open(NAME)) {
            // The label, which is the superblock's and has no part in what is read of files.
            ByteBuffer superblock = ByteBuffer.allocate(4096);
            door.read(superblock, 0);
            door.write(superblock.flip(), 0);
        }
        String next = backUp(true);
        lab.disks().remove(NAME);
        assertThat(proven(next).get("digest")).isEqualTo(first.get("digest"));
        assertThat(proven(full)).isEqualTo(first);
    }

    @Test
    public void aJournalThatIsNotReplayed() throws Exception {
        Path block = Files.write(lab.folder.resolve("block"), new byte[4096]);
        debugfs("journal_open", "journal_write -b 5000 " + block, "journal_close");
        lab.disks().add(NAME, image, null, 0);
        proven(backUp(false));
    }

    /** What was wrong with the disk is wrong with the generation, however sound its frames are. */
    @Test
    public void aDamagedFileSystem() throws Exception {
        debugfs("clri a/f7");
        lab.disks().add(NAME, image, null, 0);
        String generation = backUp(false);
        assertThat(drill(generation).reason()).contains("e2fsck ends with exit code 4", "cannot be relied upon");
        assertThat(lab.backups().drills().get(generation).problem()).contains("e2fsck ends with exit code 4");
    }

    /**
     * Whatever is damaged, e2fsck says the same of the drill's copy, which lacks the content of files at first, as of the image
     * itself.
     */
    @Test
    public void damageIsFoundAsInTheImageItself() throws Exception {
        lab.disks().add(NAME, image, null, 0);
        byte[] sound = Files.readAllBytes(image);
        List<Integer> all = notEmpty(sound, BlockSet.range(0, sound.length / BLOCK));
        List<Integer> metadata = notEmpty(sound, metadata());
        long compared = Seeds.forEach(Boolean.getBoolean("hikae.long") ? 300 : 12, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            damage(sound, random.nextInt(3) > 0 ? metadata : all, random);
            return compare(isClean());
        });
        assertThat(compared).isPositive();
    }

    private BlockSet metadata() throws IOException {
        try (FileSystem fileSystem = lab.disks().get(NAME).openFileSystem()) {
            return fileSystem.metadata();
        }
    }

    /** Returns how many verdicts were compared: none if so much is damaged that there is no backup. */
    private int compare(boolean clean) throws Exception {
        JobInfo made = Lab.end(lab.backups().backUp(new BackupRequest(NAME, Lab.MEDIUM, List.of(), 0, 0)));
        if (made.state() != JobInfo.State.DONE) {
            return 0;
        }
        String generation = (String) made.result().get("generation");
        String reason = drill(generation).reason();
        assertThat(reason == null || !reason.contains("e2fsck ends"))
                .as("clean, %s", reason)
                .isEqualTo(clean);
        lab.generations().remove(generation);
        return 1;
    }

    private static List<Integer> notEmpty(byte[] image, BlockSet blocks) {
        List<Integer> found = new ArrayList<>();
        for (BlockRun run : blocks) {
            for (int block = (int) run.first(); block < run.end(); block++) {
                if (!Arrays.equals(image, block * BLOCK, (block + 1) * BLOCK, new byte[BLOCK], 0, BLOCK)) {
                    found.add(block);
                }
            }
        }
        return found;
    }

    /** Writes the image anew, with one of the blocks changed. */
    private void damage(byte[] sound, List<Integer> blocks, SplittableRandom random) throws IOException {
        byte[] image = sound.clone();
        int block = blocks.get(random.nextInt(blocks.size()));
        for (int changes = 1 << random.nextInt(13); changes > 0; changes--) {
            image[block * BLOCK + random.nextInt(BLOCK)] ^= (byte) (1 << random.nextInt(8));
        }
        try (BlockDevice door = lab.node("n2").open(NAME)) {
            door.write(ByteBuffer.wrap(image), 0);
            door.force();
        }
    }

    private boolean isClean() throws Exception {
        Path copy = Files.copy(image, lab.folder.resolve("checked.img"), StandardCopyOption.REPLACE_EXISTING);
        return code("e2fsck", "-E", "journal_only", "-p", copy.toString()) == 0
                && code("e2fsck", "-f", "-n", copy.toString()) == 0;
    }

    @Test
    public void aDamagedMedium() throws Exception {
        lab.disks().add(NAME, image, null, 0);
        String generation = backUp(false);
        proven(generation);
        Path data = lab.folder
                .resolve(Lab.MEDIUM)
                .resolve(lab.files(Lab.MEDIUM).stream()
                        .filter(file -> file.startsWith(generation + "/data"))
                        .findFirst()
                        .orElseThrow());
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
            byte[] bytes = new byte[(int) file.length()];
            file.readFully(bytes);
            for (int i = 0; i < bytes.length; i += 100) {
                bytes[i] ^= 1;
            }
            file.seek(0);
            file.write(bytes);
        }
        assertThat(drill(generation).state()).isEqualTo(JobInfo.State.FAILED);
        assertThat(lab.backups().drills().get(generation).problem()).isNotNull();
        lab.generations().remove(generation);
        String other = backUp(false);
        proven(other);
        assertThat(lab.backups().drills()).doesNotContainKey(generation).containsKey(other);
    }

    @Test
    public void aDiskOfOurOwnFormat() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(0);
            file.setLength(64 << 20);
        }
        lab.disks().add(NAME, image, Disk.RAW, 0);
        services.get(FileSystems.class)
                .format(NAME, "shared", new FormatOptions(UUID.randomUUID(), "", 32 << 20, 0, 0), true);
        String generation = backUp(false);
        assertThat(proven(generation)).containsEntry("checker", "own check").containsEntry("files", 0L);
        lab.disks().remove(NAME);
        assertThat(proven(generation)).containsEntry("checker", "own reader");
    }

    @Test
    public void aRawDiskAndAnEmptyOne() throws Exception {
        lab.disks().add(NAME, image, Disk.RAW, 0);
        assertThat(proven(backUp(false))).containsEntry("readBytes", 32L << 20).doesNotContainKey("checker");
        lab.disks().remove(NAME);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(0);
            file.setLength(5000);
        }
        lab.disks().add(NAME, image, Disk.RAW, 0);
        assertThat(proven(backUp(false))).containsEntry("readBytes", 5000L);
    }

    @Test
    public void whatIsNotThereIsSaidAtOnce() throws Exception {
        assertThatThrownBy(() -> lab.backups().drill(new DrillRequest("nothing@1", null)))
                .isInstanceOf(IOException.class);
        lab.disks().add(NAME, image, null, 0);
        String generation = backUp(false);
        assertThatThrownBy(() -> lab.backups().drill(new DrillRequest(generation, lab.folder.resolve("nowhere"))))
                .hasMessageContaining("there is no folder");
    }
}
