package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.model.Blocks;
import org.hikae.fs.shared.model.Guide;
import org.hikae.fs.shared.model.Real;
import org.hikae.fs.shared.model.Step;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.Test;

/** Several threads at once. */
class ConcurrencyTest {

    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 200 : 5;
    private static final int STEPS = 2000;
    private static final long BLOCKS = 60;
    private static final long ROOT = 1;

    @Test
    void anythingByThreeThreadsLeavesAllInOrder() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            int seed = round * 7919;
            SharedFileSystem fileSystem = VolumeMaker.mount(VolumeMaker.formatted(BLOCKS), BLOCKS);
            all(List.of(
                    () -> steps(fileSystem, seed),
                    () -> steps(fileSystem, seed + 1),
                    () -> steps(fileSystem, seed + 2),
                    () -> commits(fileSystem)));
            assertThat(fileSystem.check().findings()).as("seed %d", seed).isEmpty();
            for (long opener = 0; opener < 3; opener++) {
                fileSystem.forget(opener);
            }
            fileSystem.forget(Real.NODE);
            assertThat(fileSystem.space().free() + fileSystem.check().usedBlocks())
                    .as("seed %d", seed)
                    .isEqualTo(BLOCKS);
            fileSystem.close();
        }
    }

    private static int steps(SharedFileSystem fileSystem, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Real real = new Real(fileSystem, Blocks.of(new ConcurrentHashMap<>()));
        int done = 0;
        for (int step = 0; step < STEPS; step++) {
            try {
                new Step(random.nextInt(), Guide.upTo(40)).deed().on(real);
                done++;
            } catch (FileSystemException | IllegalArgumentException e) {
                // As it happens: another one was quicker, or there is no room. What counts is what is left.
                assertThat(e).hasMessageNotContaining("damaged");
            }
        }
        return done;
    }

    private static int commits(SharedFileSystem fileSystem) throws IOException {
        for (int i = 0; i < 200; i++) {
            fileSystem.commit();
            assertThat(fileSystem.check().findings()).isEmpty();
        }
        return 0;
    }

    /** One makes files that grow, the other removes them while they do. */
    @Test
    void blocksOfFilesThatAreRemovedWhileTheyGrowAreNotLost() throws Exception {
        SharedFileSystem fileSystem = VolumeMaker.mount(VolumeMaker.formatted(BLOCKS), BLOCKS);
        all(List.of(() -> grow(fileSystem), () -> remove(fileSystem)));
        assertThat(fileSystem.check().findings()).isEmpty();
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS);
    }

    private static int grow(SharedFileSystem fileSystem) throws IOException {
        for (int file = 0; file < 2000; file++) {
            long inode = fileSystem
                    .create(ROOT, name("file" + file), NewFile.regular(0644, 0, 0))
                    .inode();
            try {
                fileSystem.promise(4, 1);
                List<FileExtent> reserved = fileSystem.reserve(inode, 0, 4, 1);
                fileSystem.map(inode, reserved, 4L * Rig.BLOCK, Rig.NOW, 1);
            } catch (FileSystemException e) {
                // It was removed already, or there is no room.
                fileSystem.forget(1);
            }
        }
        return 0;
    }

    private static int remove(SharedFileSystem fileSystem) throws IOException {
        for (int file = 0; file < 2000; ) {
            if (fileSystem.lookup(ROOT, List.of(name("file" + file))).found() == 1) {
                fileSystem.unlink(ROOT, name("file" + file++));
            }
            if (file % 50 == 0) {
                fileSystem.commit();
            }
        }
        return 0;
    }

    private static void all(List<Callable<Integer>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<Integer>> results = new ArrayList<>();
            tasks.forEach(task -> results.add(threads.submit(task)));
            for (Future<Integer> each : results) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
