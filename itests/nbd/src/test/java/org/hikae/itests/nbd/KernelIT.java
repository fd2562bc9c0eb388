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

    /**
     * A way to make and use a file system.
     *
     * @param make options of mkfs
     * @param mount options of mount
     */
    private record Variant(List<String> make, String mount) {

        static Variant of(String make, String mount) {
            return new Variant(make.isEmpty() ? List.of() : List.of(make.split(" ")), mount);
        }

        void recover(ExtImage image, String about) throws Exception {
            if (make.contains("fast_commit")) {
                image.recoverByMounting();
            } else {
                image.recover(about);
            }
        }
    }

    static List<Variant> variants() {
        List<Variant> all = List.of(
                Variant.of("", "discard"),
                Variant.of("-b 4096", "nodelalloc"),
                Variant.of("-b 4096 -O fast_commit", "discard"),
                Variant.of("-b 2048 -O ^extent,^64bit", "discard,data=journal"),
                Variant.of("-b 4096 -O bigalloc,inline_data -I 256", "discard"),
                Variant.of("-b 1024 -O meta_bg,^resize_inode", "data=writeback,commit=1"));
        return LONG ? all : all.subList(0, 1);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void generationsOfABusyFileSystemAreWhole(Variant variant) throws Exception {
        System.out.println("seed " + seed);
        List<Backup> backups = new ArrayList<>();
        List<Map<String, byte[]>> synced = new ArrayList<>();
        try (KernelDisk disk = new KernelDisk(folder, SIZE, variant.make().toArray(String[]::new))) {
            disk.attach(disk.hikae().uri("data"));
            disk.mount(variant.mount());
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
                assertWhole(variant, disk.restore(backups.get(round)), synced.get(round));
            }
        }
    }

    private void assertWhole(Variant variant, Path restored, Map<String, byte[]> synced) throws Exception {
        String about = restored.getFileName() + ", seed " + seed;
        ExtImage image = new ExtImage(restored);
        variant.recover(image, about);
        image.assertWhole(about);
        SyncedFiles.assertIn(image, synced, about);
        Files.delete(restored);
    }
}
