package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.store.StoreRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recall of what the store has written, from cartridges in files, with the times of LTO-9. */
class FromStoreTest {

    private static final int BLOCKS = 1_000;

    @TempDir
    Path folder;

    private static Limits limits(int gap, Duration linger) {
        return new Limits(
                Lab.SLOT, 64, 32, gap, 1L << 30, linger, Duration.ZERO, Duration.ofHours(1), Duration.ofSeconds(30));
    }

    private StoreLab lab(int gap) throws IOException {
        return new StoreLab(
                folder, limits(gap, Duration.ofDays(1_000)), Map.of("capacity", "32MB", "drives", "1", "slots", "4"));
    }

    @Test
    void aThousandBlocksAtOnceNeedNoMoreLocatesThanTheBestOrder() throws Exception {
        byte[] bytes = Data.random(1, 6_000_000);
        try (StoreLab lab = lab(0)) {
            lab.copy("a", bytes);
            List<Integer> slots = new ArrayList<>();
            Random random = new Random(2);
            while (slots.size() < BLOCKS) {
                int slot = random.nextInt(bytes.length / Lab.SLOT);
                if (!slots.contains(slot)) {
                    slots.add(slot);
                }
            }
            long before = lab.figures().locates();
            readAtOnce(lab, bytes, slots);
            long runs = runs(slots);
            // the first that comes is read first, wherever it is, and the label was read before
            assertThat(lab.figures().locates() - before).isBetween(runs - 1, runs + 3);
            long read = lab.figures().read();
            for (int slot : slots) {
                check(lab, bytes, slot);
            }
            assertThat(lab.figures().read()).isEqualTo(read);
        }
    }

    /** How many stretches without a gap there are. */
    private static long runs(List<Integer> slots) {
        TreeSet<Integer> sorted = new TreeSet<>(slots);
        return sorted.stream().filter(slot -> !sorted.contains(slot - 1)).count();
    }

    private void readAtOnce(StoreLab lab, byte[] bytes, List<Integer> slots) throws Exception {
        ExecutorService readers = Executors.newCachedThreadPool();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        UUID volume =
                lab.store.copies(StoreRig.MEDIUM, "a").get(0).extents().get(0).volume();
        // as long as the cartridge is used, requests gather
        try (Mounted mounted = lab.mounts.mount(lab.barcodes("a").get(0), volume, Purpose.READ, Progress.NONE)) {
            for (int slot : slots) {
                all.add(CompletableFuture.runAsync(() -> checkQuietly(lab, bytes, slot), readers));
            }
            Lab.until(() -> lab.recall.asked() == slots.size());
            assertThat(mounted.barcode()).isEqualTo("HK0001L9");
        }
        for (CompletableFuture<Void> each : all) {
            Lab.get(each);
        }
        readers.shutdown();
        Lab.until(() -> lab.recall.asked() == 0);
    }

    private static void checkQuietly(StoreLab lab, byte[] bytes, int slot) {
        try {
            check(lab, bytes, slot);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(StoreLab lab, byte[] bytes, int slot) throws IOException {
        try (ObjectReader reader = lab.recall.open(StoreRig.MEDIUM, "a")) {
            int at = slot * Lab.SLOT;
            assertThat(Lab.read(reader, at, 1_000)).isEqualTo(Lab.part(bytes, at, 1_000));
        }
    }

    @Test
    void aRestoreStreams() throws Exception {
        byte[] bytes = Data.random(3, 4_000_000);
        try (StoreLab lab = lab(4_096)) {
            lab.copy("a", bytes);
            long before = lab.figures().locates();
            long read = lab.figures().read();
            try (ObjectReader reader = lab.recall.open(StoreRig.MEDIUM, "a")) {
                for (int at = 0; at < bytes.length; at += 50_000) {
                    assertThat(Lab.read(reader, at, 50_000)).isEqualTo(Lab.part(bytes, at, 50_000));
                }
            }
            assertThat(lab.figures().locates() - before).isLessThanOrEqualTo(3);
            assertThat(lab.figures().read() - read).isLessThan((long) (bytes.length * 1.1));
        }
    }

    @Test
    void anObjectOnSeveralCartridgesIsReadAcrossThem() throws Exception {
        byte[] bytes = Data.random(4, 1_200_000);
        Map<String, String> small = Map.of("capacity", "400kB", "drives", "1", "slots", "6");
        try (StoreLab lab = new StoreLab(folder, limits(64, Duration.ZERO), small)) {
            lab.copy("ä", bytes);
            assertThat(lab.barcodes("ä").size()).isGreaterThan(2);
            try (ObjectReader reader = lab.recall.open(StoreRig.MEDIUM, "ä")) {
                assertThat(Lab.read(reader, 0, bytes.length)).isEqualTo(bytes);
                Random random = new Random(5);
                for (int i = 0; i < 10; i++) {
                    int at = random.nextInt(bytes.length - 5_000);
                    assertThat(Lab.read(reader, at, 5_000)).isEqualTo(Lab.part(bytes, at, 5_000));
                }
            }
        }
    }
}
