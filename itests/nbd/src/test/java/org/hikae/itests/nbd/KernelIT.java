package org.hikae.itests.nbd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real kernel's ext4 on an export, busy while full and differential backups are made (a.8, a.9, R1, R2). What was synced
 * before T0 is in the generation, whole; after the journal's replay the file system is clean; and those who use it meanwhile
 * read what they wrote.
 */
class KernelIT {

    private static final long SIZE = 192L << 20;
    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    private static final int ROUNDS = LONG ? 10 : 4;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());

    static List<ExtVariant> variants() {
        return LONG ? ExtVariant.all() : List.of(ExtVariant.USUAL);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void generationsOfABusyFileSystemAreWhole(ExtVariant variant) throws Exception {
        System.out.println("seed " + seed);
        List<Map<String, byte[]>> synced = new ArrayList<>();
        try (KernelDisk disk = new KernelDisk(folder, SIZE, variant.make().toArray(String[]::new))) {
            disk.attach(disk.hikae().uri("data"));
            disk.mount(variant.mount());
            List<Backup> backups = backUpBusy(disk, synced);
            for (int round = 0; round < ROUNDS; round++) {
                assertWhole(disk.restore(backups.get(round)), synced.get(round));
            }
        }
    }

    /** @param synced is told what was synced before each of them */
    private List<Backup> backUpBusy(KernelDisk disk, List<Map<String, byte[]>> synced) throws Exception {
        List<Backup> backups = new ArrayList<>();
        try (Workloads busy = new Workloads(folder, disk.mounted(), seed)) {
            SyncedFiles files = new SyncedFiles(disk.mounted(), new Random(seed));
            busy.awaitBusy();
            for (int round = 0; round < ROUNDS; round++) {
                synced.add(files.change());
                backups.add(disk.backUp(Backup.Kind.ofRound(round)));
            }
            busy.assertFine();
        }
        return backups;
    }

    private void assertWhole(Path restored, Map<String, byte[]> synced) throws Exception {
        String about = restored.getFileName() + ", seed " + seed;
        ExtImage image = new ExtImage(restored);
        image.recover(about);
        image.assertWhole(about);
        SyncedFiles.assertIn(image, synced, about);
        Files.delete(restored);
    }
}
