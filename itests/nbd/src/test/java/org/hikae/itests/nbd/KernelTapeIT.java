package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * c.1, c.3, I1: generations of a real kernel's ext4 whose data is on tape alone. A kernel mounts them, and they are in order; so is one
 * that was made on tape.
 */
class KernelTapeIT {

    private static final long SIZE = 96L << 20;
    private static final String[] BLOCKS = {"-b", Integer.toString(KernelMount.BLOCK_BYTES)};

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void aKernelMountsGenerationsThatAreOnTapeAlone() throws Exception {
        System.out.println("seed " + seed);
        try (KernelDisk disk = new KernelDisk(folder, SIZE, BLOCKS)) {
            disk.hikae()
                    .ok(
                            "-c",
                            "tape library add lib virtual '" + folder.resolve("tapes")
                                    + "' --capacity 24MiB; tape buffer vault --size 16MiB;"
                                    + " medium add tape tape lib/direct");
            disk.attach(disk.hikae().uri("data"));
            disk.mount("discard");
            change(disk.mounted());
            Backup full = backUp(disk, Backup.Kind.FULL, "vault", 0);
            change(disk.mounted());
            Backup differential = backUp(disk, Backup.Kind.DIFFERENTIAL, "vault", 1);
            change(disk.mounted());
            Backup direct = backUp(disk, Backup.Kind.DIFFERENTIAL, "tape", 2);
            disk.unmount();
            disk.hikae()
                    .ok(
                            "-c",
                            "tape write " + differential.generation() + "; generation evict " + full.generation() + " "
                                    + differential.generation());
            assertThat(data(folder.resolve("vault"))).isEmpty();
            check(disk, full, 0);
            check(disk, differential, 1);
            check(disk, direct, 2);
        }
    }

    /** Files of all sizes, some of them over others, and some gone. */
    private void change(Path root) throws IOException {
        Path directory = Files.createDirectories(root.resolve("d" + random.nextInt(3)));
        for (int i = 0; i < 20; i++) {
            byte[] content = new byte[random.nextInt(i == 0 ? 8 << 20 : 200_000)];
            random.nextBytes(content);
            Files.write(directory.resolve("f" + random.nextInt(30)), content);
        }
        Files.deleteIfExists(directory.resolve("f1"));
    }

    /** The kernel waits with everything, so a copy of the disk is what it was at T0. */
    private Backup backUp(KernelDisk disk, Backup.Kind kind, String medium, int round) throws Exception {
        String mounted = "'" + disk.mounted() + "'";
        String copy = "cp --sparse=always '" + disk.image() + "' '" + model(round) + "'";
        List<String> command = new java.util.ArrayList<>(List.of("backup", "run", "data", "--to", medium, "--json"));
        command.addAll(kind.options());
        command.addAll(
                List.of("--before", "fsfreeze -f " + mounted + " && " + copy, "--after", "fsfreeze -u " + mounted));
        Backup backup = new Backup(disk.hikae().ok(command.toArray(String[]::new)));
        backup.assertIs(kind);
        return backup;
    }

    private Path model(int round) {
        return folder.resolve("model" + round);
    }

    private static List<Path> data(Path medium) throws IOException {
        try (Stream<Path> files = Files.walk(medium)) {
            return files.filter(file -> file.getFileName().toString().startsWith("data"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private void check(KernelDisk disk, Backup backup, int round) throws Exception {
        String about = backup.generation() + ", seed " + seed;
        Path t0 = Files.createDirectory(folder.resolve("t0-" + round));
        Tool.ok(folder, "mount", "-o", "loop,ro,noload", model(round).toString(), t0.toString());
        try (KernelMount mount =
                new KernelMount(folder.resolve("m" + round), disk.hikae().uri(backup.generation()))) {
            Tool.Result check = Tool.run(
                    folder, List.of("e2fsck", "-f", "-n", mount.export().toString()));
            assertThat(check.code()).as("%s: %s", about, check.output()).isZero();
            MountedTrees trees = new MountedTrees(t0, mount.mounted());
            trees.assertSameNames();
            assertThat(trees.checkAll()).as(about).isGreaterThan(10);
        } finally {
            Tool.ok(folder, "umount", t0.toString());
        }
        disk.hikae().ok("generation", "verify", backup.generation());
    }
}
