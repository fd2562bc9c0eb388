package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I1 and R2 for a real kernel's ext4 in full use: full and differential generations are compared byte for byte with the disk
 * at T0, for each block that was used then; what was not reads as zeros.
 */
class KernelInstantIT {

    private static final long SIZE = 128L << 20;
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 20 : 3;
    /** Slow enough for blocks to be overwritten before they are copied. */
    private static final String RATE = "40MB/s";

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final List<Backup> backups = new ArrayList<>();

    @BeforeEach
    void tellSeed() {
        System.out.println("seed " + seed);
    }

    /** The kernel writes all out and waits with everything else, so a plain copy of the disk is its T0. */
    @Test
    void i1_aFrozenFileSystemIsTakenAsItIs() throws Exception {
        try (KernelDisk disk = new KernelDisk(folder, SIZE)) {
            disk.attach(disk.hikae().uri("data"));
            disk.mount("discard");
            try (Workloads busy = new Workloads(folder, disk.mounted(), seed)) {
                busy.awaitBusy();
                for (int round = 0; round < ROUNDS; round++) {
                    String freeze = "fsfreeze -f '" + disk.mounted() + "' && cp --sparse=always '" + disk.image()
                            + "' '" + model(round) + "'";
                    String thaw = "fsfreeze -u '" + disk.mounted() + "'";
                    backups.add(disk.backUp(
                            Backup.Kind.ofRound(round), "--rate", RATE, "--before", freeze, "--after", thaw));
                }
                busy.assertFine();
            }
            assertLogged();
            for (int round = 0; round < ROUNDS; round++) {
                ExtImage model = new ExtImage(model(round));
                checkSet(disk, backups.get(round), model, Generation.same(model.file()));
            }
        }
    }

    private Path model(int round) {
        return folder.resolve("model" + round);
    }

    /** Nothing but the time of each request and of its answer, recorded between kernel and server, tells what may be in T0. */
    @Test
    void i1_aFileSystemInUseIsTakenAtOneInstant() throws Exception {
        Path socket = folder.resolve("recorder.sock");
        try (KernelDisk disk = new KernelDisk(folder, SIZE);
                ChangeLog log = new ChangeLog(disk.image(), folder.resolve("recorded"));
                Recorder recorder = new Recorder(disk.hikae().home().resolve("nbd.sock"), socket, log)) {
            disk.attach(recorder.uri("data"));
            disk.mount("discard");
            try (Workloads busy = new Workloads(folder, disk.mounted(), seed)) {
                busy.awaitBusy();
                for (int round = 0; round < ROUNDS; round++) {
                    backups.add(disk.backUp(
                            Backup.Kind.ofRound(round),
                            "--rate",
                            RATE,
                            "--before",
                            tellTime("before" + round),
                            "--after",
                            tellTime("after" + round)));
                }
                busy.assertFine();
            }
            recorder.assertFine();
            assertLogged();
            int undecided = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Possible possible = new Possible(log, timeIn("before" + round), timeIn("after" + round));
                checkSet(disk, backups.get(round), replayed(disk, backups.get(round)), possible);
                undecided += possible.undecided();
            }
            assertThat(undecided).as("changes about T0").isPositive();
        }
    }

    /** A command that writes the time to a file, of the clock that {@link System#nanoTime} tells. */
    private String tellTime(String file) {
        return "python3 -c 'import time; print(time.monotonic_ns())' >'" + folder.resolve(file) + "'";
    }

    private long timeIn(String file) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }

    /** What the generation itself says is used: a copy of it with its journal replayed. */
    private ExtImage replayed(KernelDisk disk, Backup backup) throws Exception {
        Path copy = folder.resolve("replayed");
        Tool.ok(folder, "cp", "--sparse=always", disk.restore(backup).toString(), copy.toString());
        ExtImage image = new ExtImage(copy);
        image.assertWholeOnceReplayed(backup.generation());
        return image;
    }

    /** The set is what is used in the model, no less and no more, and in it is what is expected. */
    private void checkSet(KernelDisk disk, Backup backup, ExtImage model, Generation.Expected expected)
            throws Exception {
        Path restored = folder.resolve(backup.generation() + ".img");
        if (!Files.exists(restored)) {
            disk.restore(backup);
        }
        BitSet used = model.used();
        assertThat(disk.hikae().ok("generation", "info", backup.generation(), "--json"))
                .contains("\"blocks\": " + used.cardinality() + ",");
        Generation.check(restored, model.blockSize(), used, expected);
        Files.delete(restored);
        Files.delete(model.file());
    }

    private void assertLogged() {
        assertThat(backups.stream().mapToLong(Backup::loggedBlocks).sum())
                .as("blocks overwritten before they were copied")
                .isPositive();
    }
}
