package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * c.1, R21: a real kernel's ext4 in full use on a generation that has taken a disk's place, while blocks are brought back and
 * the platform is killed and starts again: nothing that was synced is lost, and in the end the file alone is the disk.
 */
class KernelInPlaceIT {

    private static final long SIZE = 192L << 20;
    /** What is there before anything runs, so that there is something to be brought back. */
    private static final int FILES = 56;

    private static final int FILE_BYTES = 1_000_000;
    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 12 : 2;
    private static final Pattern STANDS_IN = Pattern.compile("\"inPlace\"\\s*:\\s*\\{");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** What must not be lost, by path on the disk. */
    private final Map<String, byte[]> kept = new LinkedHashMap<>();

    @Test
    void r21_aFileSystemOnAGenerationLosesNothingThatWasSynced() throws Exception {
        System.out.println("seed " + seed);
        try (KernelDisk disk = new KernelDisk(folder, SIZE)) {
            String generation = backUpFiles(disk);
            loseDisk(disk);
            disk.hikae().ok("generation", "mount", generation, "--in-place", "--no-restore", "--force");
            for (int kill = 0; kill < KILLS; kill++) {
                disk.attach(disk.hikae().uri("data"));
                disk.mount("discard");
                check(disk, kill);
                killBusy(disk, generation, kill);
            }
            awaitWhole(disk);
            checkImage(disk);
        }
    }

    /** Returns the generation. */
    private String backUpFiles(KernelDisk disk) throws Exception {
        disk.attach(disk.hikae().uri("data"));
        disk.mount("discard");
        Path base = Files.createDirectory(disk.mounted().resolve("base"));
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[FILE_BYTES];
            random.nextBytes(content);
            Files.write(base.resolve("f" + i), content);
            kept.put("base/f" + i, content);
        }
        disk.unmount();
        disk.detach();
        return disk.backUp(Backup.Kind.FULL).generation();
    }

    /** What was on the disk is gone, its file system too. */
    private void loseDisk(KernelDisk disk) throws Exception {
        Path other = folder.resolve("other");
        byte[] bytes = new byte[(int) (SIZE / 2)];
        random.nextBytes(bytes);
        Files.write(other, bytes);
        disk.hikae().ok("node", "write", "n1", "data", "--at", "0", "--from", other.toString());
        Files.delete(other);
    }

    /** All that was written since is there, and of what was there before, a few. */
    private void check(KernelDisk disk, int kill) throws Exception {
        Map<String, byte[]> some = new LinkedHashMap<>(kept);
        some.keySet().removeIf(path -> path.startsWith("base/") && random.nextInt(FILES) > 5);
        assertKept(disk.mounted(), some, "the disk before kill " + kill + ", seed " + seed);
    }

    /** Blocks are brought back from the second time on, first by a command, and then by themselves. */
    private void killBusy(KernelDisk disk, String generation, int kill) throws Exception {
        Path mounted = Files.createDirectory(disk.mounted().resolve("run" + kill));
        Path output = Files.createDirectory(folder.resolve("run" + kill));
        if (kill > 0) {
            Tool.ok(
                    folder,
                    "rm",
                    "-r",
                    mounted.resolveSibling("run" + (kill - 1)).toString());
        }
        try (Workloads busy = new Workloads(output, mounted, seed);
                SyncedWriter writer =
                        new SyncedWriter(mounted.resolveSibling("synced" + kill), new Random(random.nextLong()))) {
            busy.awaitBusy();
            if (kill == 1) {
                disk.hikae().ok("generation", "mount", generation, "--in-place", "--detach");
            }
            writer.awaitMore(1 + random.nextInt(20));
            busy.assertRunning();
            writer.assertFine();
            disk.hikae().close();
            writer.close();
            kept.putAll(writer.synced());
        }
        disk.startAgain();
    }

    private void awaitWhole(KernelDisk disk) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> !STANDS_IN
                .matcher(disk.hikae().ok("disk", "info", "data", "--json"))
                .find());
    }

    /** The file alone, as the kernel would find it, and what is backed up of it as the difference to the generation. */
    private void checkImage(KernelDisk disk) throws Exception {
        Path copy = folder.resolve("copy");
        Tool.ok(folder, "cp", "--sparse=always", disk.image().toString(), copy.toString());
        checkWhole(copy);
        checkWhole(disk.restore(disk.backUp(Backup.Kind.DIFFERENTIAL)));
    }

    private void checkWhole(Path file) throws Exception {
        String about = file.getFileName() + ", seed " + seed;
        ExtImage image = new ExtImage(file);
        image.recover(about);
        image.assertWhole(about);
        Path files = Files.createDirectory(folder.resolve(file.getFileName() + ".files"));
        image.dumpAll(files);
        assertKept(files, kept, about);
    }

    private static void assertKept(Path root, Map<String, byte[]> kept, String about) throws IOException {
        for (Map.Entry<String, byte[]> file : kept.entrySet()) {
            assertThat(Arrays.mismatch(Files.readAllBytes(root.resolve(file.getKey())), file.getValue()))
                    .as("where %s of %s differs", file.getKey(), about)
                    .isEqualTo(-1);
        }
    }
}
