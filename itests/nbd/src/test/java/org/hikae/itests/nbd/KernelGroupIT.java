package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * b.6, b.7, I1: groups of files of a real kernel's ext4 in full use. A kernel mounts their generations: all names are
 * there, members are what they were at T0, reading another file is an I/O error.
 */
class KernelGroupIT {

    private static final long SIZE = 192L << 20;
    private static final String[] BLOCKS = {"-b", Integer.toString(KernelMount.BLOCK_BYTES)};
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 8 : 3;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());

    /** What the group has: files that are synced, and one that is written to all the time, all over. */
    private static boolean isMember(String path) {
        return path.startsWith("synced/") && !path.equals("synced/f7") || path.equals("scattered");
    }

    private static boolean isMemberLater(String path) {
        return isMember(path) || path.equals("cached");
    }

    private static Predicate<String> membersOf(int round) {
        return round < ROUNDS - 1 ? KernelGroupIT::isMember : KernelGroupIT::isMemberLater;
    }

    @Test
    void i1_membersAreWhatTheyWereAndOthersCannotBeRead() throws Exception {
        System.out.println("seed " + seed);
        try (KernelDisk disk = new KernelDisk(folder, SIZE, BLOCKS)) {
            disk.attach(disk.hikae().uri("data"));
            disk.mount("discard");
            disk.hikae().ok("group", "add", "docs", "data", "/synced/*", "X f7", "/scattered");
            List<Backup> backups = new java.util.ArrayList<>();
            try (Workloads busy = new Workloads(folder, disk.mounted(), seed)) {
                SyncedFiles files = new SyncedFiles(disk.mounted(), new Random(seed));
                busy.awaitBusy();
                for (int round = 0; round < ROUNDS; round++) {
                    files.change();
                    if (round == ROUNDS - 1) {
                        disk.hikae().ok("group", "edit", "docs", "--add", "/cached");
                    }
                    backups.add(backUp(disk, Backup.Kind.ofRound(round), round));
                }
                busy.assertFine();
            }
            for (int round = 0; round < ROUNDS; round++) {
                check(disk, backups.get(round), round);
            }
        }
    }

    /** The kernel waits with everything, so a copy of the disk is what it was at T0. */
    private Backup backUp(KernelDisk disk, Backup.Kind kind, int round) throws Exception {
        String mounted = "'" + disk.mounted() + "'";
        String copy = "cp --sparse=always '" + disk.image() + "' '" + model(round) + "'";
        return disk.backUpGroup(
                kind,
                "docs",
                "--before",
                "fsfreeze -f " + mounted + " && " + copy,
                "--after",
                "fsfreeze -u " + mounted);
    }

    private Path model(int round) {
        return folder.resolve("model" + round);
    }

    private void check(KernelDisk disk, Backup backup, int round) throws Exception {
        String about = backup.generation() + ", round " + round + ", seed " + seed;
        Path t0 = Files.createDirectory(folder.resolve("t0-" + round));
        Tool.ok(folder, "mount", "-o", "loop,ro,noload", model(round).toString(), t0.toString());
        try (KernelMount mount =
                new KernelMount(folder.resolve("m" + round), disk.hikae().uri(backup.generation()))) {
            MountedTrees trees = new MountedTrees(t0, mount.mounted());
            trees.assertSameNames();
            assertThat(trees.check(membersOf(round))).as(about).isGreaterThan(3);
        } finally {
            Tool.ok(folder, "umount", t0.toString());
        }
        disk.hikae().ok("generation", "verify", backup.generation());
        Files.delete(model(round));
    }

    /** Nothing is quieted: the journal has what is to be replayed. */
    @Test
    void i1_aJournalIsReplayedAboveAGenerationThatIsOnlyRead() throws Exception {
        System.out.println("seed " + seed);
        try (KernelDisk disk = new KernelDisk(folder, SIZE, BLOCKS)) {
            disk.attach(disk.hikae().uri("data"));
            disk.mount("discard");
            disk.hikae().ok("group", "add", "docs", "data", "/synced/");
            Map<String, byte[]> synced;
            Backup backup;
            try (Workloads busy = new Workloads(folder, disk.mounted(), seed)) {
                SyncedFiles files = new SyncedFiles(disk.mounted(), new Random(seed));
                busy.awaitBusy();
                files.change();
                disk.backUpGroup(Backup.Kind.FULL, "docs");
                synced = files.change();
                backup = disk.backUpGroup(Backup.Kind.DIFFERENTIAL, "docs");
                busy.assertRunning();
            }
            assertMountable(disk, backup, synced);
        }
    }

    private void assertMountable(KernelDisk disk, Backup backup, Map<String, byte[]> synced) throws Exception {
        Path place = folder.resolve("m");
        try (KernelMount mount = new KernelMount(place, disk.hikae().uri(backup.generation()))) {
            assertSame(mount.mounted().resolve("synced"), synced);
            Tool.Result other = Tool.run(
                    folder, List.of("cat", mount.mounted().resolve("scattered").toString()));
            assertThat(other.output()).contains("Input/output error");
        }
        Path got = folder.resolve("restored");
        disk.hikae().ok("generation", "restore", backup.generation(), "--to", got.toString());
        assertSame(got.resolve("synced"), synced);
        try (var files = Files.list(got)) {
            assertThat(files.toList()).containsExactly(got.resolve("synced"));
        }
    }

    private void assertSame(Path root, Map<String, byte[]> synced) throws IOException {
        for (Map.Entry<String, byte[]> file : synced.entrySet()) {
            assertThat(Arrays.mismatch(Files.readAllBytes(root.resolve(file.getKey())), file.getValue()))
                    .as("where %s differs, seed %d", file.getKey(), seed)
                    .isEqualTo(-1);
        }
    }
}
