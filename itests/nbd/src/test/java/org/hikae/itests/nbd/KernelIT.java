package org.hikae.itests.nbd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real kernel's ext4 on an export, busy while full and differential backups are made (a.8, a.9, R1, R2). What was synced
 * before T0 is in the generation, whole; after the journal's replay the file system is clean; and those who use it meanwhile
 * read what they wrote.
 */
class KernelIT {

    private static final long SIZE = 192L << 20;
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 30 : 4;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());

    @Test
    void generationsOfABusyFileSystemAreWhole() throws Exception {
        System.out.println("seed " + seed);
        List<Backup> backups = new ArrayList<>();
        List<Map<String, byte[]>> synced = new ArrayList<>();
        try (KernelDisk disk = new KernelDisk(folder, SIZE)) {
            disk.attach(disk.hikae().uri("data"));
            disk.mount("discard");
            try (Workloads busy = new Workloads(folder, disk.mounted(), seed)) {
                SyncedFiles files = new SyncedFiles(disk.mounted(), new Random(seed));
                busy.awaitBusy();
                for (int round = 0; round < ROUNDS; round++) {
                    synced.add(files.change());
                    backups.add(disk.backUp(Backup.Kind.ofRound(round)));
                }
                busy.assertFine();
            }
            for (int round = 0; round < ROUNDS; round++) {
                assertWhole(disk.restore(backups.get(round)), synced.get(round));
            }
        }
    }

    private void assertWhole(Path restored, Map<String, byte[]> synced) throws Exception {
        String about = restored.getFileName() + ", seed " + seed;
        ExtImage image = new ExtImage(restored);
        image.assertWholeOnceReplayed(about);
        SyncedFiles.assertIn(image, synced, about);
        Files.delete(restored);
    }
}
