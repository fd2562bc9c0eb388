package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real kernel's ext4 on an export, busy while full and differential backups are made (a.8, a.9, R1, R2). What was synced
 * before T0 is in the generation, whole; after the journal's replay the file system is clean.
 */
class KernelIT {

    private static final long SIZE = 192L << 20;
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 30 : 4;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String[]> undo = new ArrayList<>();
    private Hikae hikae;
    /** The process that makes the export a file; null if there is none. */
    private Tool.Running fuse;

    private Path mounted;

    @BeforeEach
    void mountOnExport() throws Exception {
        Path image = folder.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        Tool.ok(folder, "mkfs.ext4", "-q", "-E", "lazy_itable_init=0", image.toString());
        hikae = new Hikae(folder);
        hikae.serve();
        hikae.ok("medium", "add", "vault", "directory", folder.resolve("vault").toString());
        assertThat(hikae.ok("disk", "add", "data", image.toString())).contains("ext4");
        mounted = Files.createDirectory(folder.resolve("mnt"));
        mount();
    }

    /** There is no NBD driver in every kernel: a file of FUSE is the export, and a loop device lies on that. */
    private void mount() throws Exception {
        Path file = Files.createFile(folder.resolve("export"));
        Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "there is no FUSE here: skipped");
        fuse = Tool.start(folder, List.of("nbdfuse", file.toString(), hikae.uri("data")));
        Awaitility.await().until(() -> {
            assertThat(fuse.process().isAlive())
                    .as(Files.readString(fuse.output()))
                    .isTrue();
            return Files.size(file) == SIZE;
        });
        undo.add(0, new String[] {"umount", "-l", file.toString()});
        Tool.Result loop = Tool.run(folder, List.of("losetup", "-f", "--show", "--direct-io=on", file.toString()));
        Assumptions.assumeTrue(loop.code() == 0, "there are no loop devices here: skipped");
        String device = loop.output().strip();
        undo.add(0, new String[] {"losetup", "-d", device});
        Tool.ok(folder, "mount", "-o", "discard", device, mounted.toString());
        undo.add(0, new String[] {"umount", "-l", mounted.toString()});
    }

    @AfterEach
    void unmount() throws Exception {
        for (String[] command : undo) {
            Tool.run(folder, List.of(command));
        }
        if (fuse != null) {
            fuse.close();
        }
        hikae.close();
    }

    @Test
    void generationsOfABusyFileSystemAreWhole() throws Exception {
        Map<String, byte[]> synced = new LinkedHashMap<>();
        List<Map<String, byte[]>> syncedBefore = new ArrayList<>();
        try (Tool.Running busy = busy()) {
            for (int round = 0; round < ROUNDS; round++) {
                changeSynced(synced, round);
                syncedBefore.add(new LinkedHashMap<>(synced));
                List<String> command = new ArrayList<>(List.of("backup", "run", "data", "--to", "vault", "--json"));
                if (round > 0) {
                    command.add("--differential");
                }
                assertThat(hikae.ok(command.toArray(String[]::new)))
                        .as("seed %d", seed)
                        .contains(round == 0 ? "\"kind\": \"full\"" : "\"kind\": \"differential\"")
                        .doesNotContain("allBecause");
            }
            assertThat(busy.process().isAlive()).as("writes went on").isTrue();
        }
        for (int round = 0; round < ROUNDS; round++) {
            assertWhole("data@" + (round + 1), syncedBefore.get(round));
        }
    }

    /** Makes, rewrites, truncates and deletes files without a pause, never synced: blocks are freed, trimmed, used again. */
    private Tool.Running busy() throws IOException {
        String script =
                "cd '" + mounted + "' && mkdir -p busy && i=0 && while :; do i=$((i+1)); d=busy/$((i%7)); rm -rf $d;"
                        + " mkdir -p $d; for f in 1 2 3 4 5 6 7 8; do head -c $((f*f*9999)) /dev/urandom > $d/$f || exit; done;"
                        + " truncate -s 5000 $d/8; done";
        return Tool.start(folder, List.of("/bin/sh", "-c", script));
    }

    private void changeSynced(Map<String, byte[]> synced, int round) throws Exception {
        Path dir = Files.createDirectories(mounted.resolve("synced"));
        for (int i = 0; i < 5; i++) {
            byte[] content = new byte[random.nextInt(900_000)];
            random.nextBytes(content);
            String name = "f" + random.nextInt(8);
            Files.write(dir.resolve(name), content);
            synced.put(name, content);
        }
        if (round > 0) {
            String gone = synced.keySet().iterator().next();
            Files.delete(dir.resolve(gone));
            synced.remove(gone);
        }
        Tool.ok(folder, "sync", "-f", dir.toString());
    }

    private void assertWhole(String generation, Map<String, byte[]> synced) throws Exception {
        Path restored = folder.resolve(generation + ".img");
        hikae.ok("generation", "restore", generation, "--to", restored.toString());
        Tool.Result replay = Tool.run(folder, List.of("e2fsck", "-E", "journal_only", "-y", restored.toString()));
        assertThat(replay.code())
                .as("%s, seed %d: %s", generation, seed, replay.output())
                .isIn(0, 1);
        Tool.Result check = Tool.run(folder, List.of("e2fsck", "-f", "-n", restored.toString()));
        assertThat(check.code())
                .as("%s, seed %d: %s", generation, seed, check.output())
                .isZero();
        for (Map.Entry<String, byte[]> file : synced.entrySet()) {
            Path out = folder.resolve("out");
            Tool.ok(folder, "debugfs", "-R", "dump /synced/" + file.getKey() + " " + out, restored.toString());
            assertThat(Files.readAllBytes(out))
                    .as("%s of %s, seed %d", file.getKey(), generation, seed)
                    .isEqualTo(file.getValue());
            Files.delete(out);
        }
        Files.delete(restored);
    }
}
