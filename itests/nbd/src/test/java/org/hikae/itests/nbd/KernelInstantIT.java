package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I1 and R2 for a real kernel's ext4 in full use: full and differential generations are compared byte for byte with the disk
 * at T0, for each block that was used then; what was not reads as zeros.
 */
class KernelInstantIT {

    private static final long SIZE = 128L << 20;
    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    /** Slow enough for programs to overwrite blocks before they are copied, mostly. */
    private static final String RATE = "100MB/s";
    /** How much is overwritten between T0 and the copy for sure, in blocks of 4 KiB. */
    private static final int SURE = 64;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());

    @BeforeEach
    void tellSeed() {
        System.out.println("seed " + seed);
    }

    /** The kernel writes all out and waits with everything else, so a plain copy of the disk is its T0. */
    @Test
    void i1_aFrozenFileSystemIsTakenAsItIs() throws Exception {
        try (KernelDisk disk = new KernelDisk(folder, SIZE)) {
            disk.attach(disk.hikae().uri("data"));
            List<Backup> backups = backUpBusy(disk, LONG ? 20 : 2, this::freeze);
            for (Backup backup : backups) {
                ExtImage model = new ExtImage(folder.resolve("model" + backups.indexOf(backup)));
                check(disk, backup, model, Generation.same(model.file()));
            }
        }
    }

    private Quieting freeze(KernelDisk disk, int round) {
        String mounted = "'" + disk.mounted() + "'";
        String model = "'" + folder.resolve("model" + round) + "'";
        return new Quieting(
                "fsfreeze -f " + mounted + " && cp --sparse=always '" + disk.image() + "' " + model,
                "fsfreeze -u " + mounted);
    }

    /** Nothing but the time of each request and of its answer, recorded between kernel and server, tells what may be in T0. */
    @Test
    void i1_aFileSystemInUseIsTakenAtOneInstant() throws Exception {
        try (KernelDisk disk = new KernelDisk(folder, SIZE);
                ChangeLog log = new ChangeLog(disk.image(), folder.resolve("recorded"));
                Recorder recorder = new Recorder(disk.hikae().socket(), folder.resolve("recorder.sock"), log)) {
            disk.attach(recorder.uri("data"));
            List<Backup> backups = backUpBusy(disk, LONG ? 20 : 3, (mounted, round) -> tellTime(round));
            recorder.assertFine();
            int undecided = 0;
            for (int round = 0; round < backups.size(); round++) {
                Possible possible = new Possible(log, timeIn("before" + round), timeIn("after" + round));
                check(disk, backups.get(round), replayed(disk.restore(backups.get(round))), possible);
                undecided += possible.undecided();
            }
            assertThat(undecided).as("changes about T0").isPositive();
        }
    }

    /** Has the time told before and after T0, of the clock of {@link System#nanoTime}. */
    private Quieting tellTime(int round) {
        String tell = "PATH=/usr/bin:$PATH python3 -c 'import time; print(time.monotonic_ns())' >'";
        return new Quieting(
                tell + folder.resolve("before" + round) + "'", tell + folder.resolve("after" + round) + "'");
    }

    private long timeIn(String file) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }

    /** What a generation says itself of what was used: a copy of it, its journal replayed. */
    private ExtImage replayed(Path restored) throws Exception {
        ExtImage copy = new ExtImage(folder.resolve("replayed"));
        Tool.ok(
                folder,
                "cp",
                "--sparse=always",
                restored.toString(),
                copy.file().toString());
        copy.replay();
        return copy;
    }

    /** Commands for a backup to run before and after T0. */
    private record Quieting(String before, String after) {}

    /**
     * A full backup and differential ones of the disk in use, which is mounted for that. Part of a file is overwritten by each
     * command after T0: the copy, which begins when that has ended, finds none of it on the disk any more.
     */
    private List<Backup> backUpBusy(KernelDisk disk, int rounds, BiFunction<KernelDisk, Integer, Quieting> quieting)
            throws Exception {
        List<Backup> backups = new ArrayList<>();
        disk.mount("discard");
        try (Workloads busy = new Workloads(folder, disk.mounted(), seed)) {
            busy.awaitBusy();
            String overwrite = overwriting(disk);
            Tool.ok(folder, "/bin/sh", "-c", overwrite);
            for (int round = 0; round < rounds; round++) {
                Quieting commands = quieting.apply(disk, round);
                backups.add(disk.backUp(
                        Backup.Kind.ofRound(round),
                        "--rate",
                        RATE,
                        "--before",
                        commands.before,
                        "--after",
                        commands.after + " && " + overwrite));
            }
            busy.assertFine();
        }
        disk.unmount();
        assertThat(backups)
                .extracting(Backup::loggedBlocks)
                .as("blocks overwritten before they were copied")
                .allMatch(blocks -> blocks >= SURE);
        return backups;
    }

    /** In place, and on the disk itself before the command ends. */
    private static String overwriting(KernelDisk disk) {
        return "dd if=/dev/urandom of='" + disk.mounted().resolve("overwritten") + "' bs=4k count=" + SURE
                + " conv=notrunc,fsync oflag=direct status=none";
    }

    /** The set is what is used in the model, no less and no more, and in it is what is expected. */
    private void check(KernelDisk disk, Backup backup, ExtImage model, Generation.Expected expected) throws Exception {
        Path restored = disk.restore(backup);
        BitSet used = model.used();
        assertThat(disk.hikae().ok("generation", "info", backup.generation(), "--json"))
                .as("%s, seed %d", backup.generation(), seed)
                .contains("\"blocks\": " + used.cardinality() + ",");
        Generation.check(restored, model.blockSize(), used, expected);
        Files.delete(restored);
        Files.delete(model.file());
    }
}
