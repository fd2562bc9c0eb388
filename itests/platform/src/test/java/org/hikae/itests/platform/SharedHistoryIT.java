package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.Before;
import org.junit.Test;

/**
 * Nodes change the same files at once, and a generation has them as they were at its instant (I1): what a node read at the
 * instant is compared with what the generation's own file system says. At the end all nodes see the same (I4). Now and then
 * a node is killed and started again meanwhile (R16).
 */
public class SharedHistoryIT extends InFramework {
    private static final int FACTOR = Boolean.getBoolean("hikae.long") ? 30 : 1;
    private static final long SIZE = 96L << 20;

    private Lab lab;

    @Before
    public void openLab() throws Exception {
        lab = Lab.in(context);
    }

    @Test
    public void generationsOfSharedFilesAreExact() throws Exception {
        assertThat(Seeds.forEach(4 * FACTOR, seed -> history(seed, false))).isPositive();
    }

    @Test
    public void andSoWhenANodeIsLost() throws Exception {
        assertThat(Seeds.forEach(3 * FACTOR, seed -> history(seed, true))).isPositive();
    }

    /** Returns the number of changes. */
    private long history(long seed, boolean losses) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Disk disk = lab.disk(SIZE, 512 << random.nextInt(8), seed);
        lab.services
                .get(FileSystems.class)
                .format(disk.name(), "shared", new FormatOptions(new UUID(seed, 1), "", 32 << 20, 0, 0), true);
        disk = lab.disks().get(disk.name());
        lab.strategy(disk.name(), random.nextBoolean() ? "overlay" : "separate", null);
        Guests guests = new Guests(disk.name(), random.split());
        List<String> made = new ArrayList<>();
        try {
            guests.start();
            for (int i = 0; i < 3; i++) {
                if (losses) {
                    lab.nodes().kill("n4");
                    lab.nodes().start("n4");
                }
                made.add(backUp(disk, random, i > 0 && random.nextBoolean()));
            }
        } finally {
            guests.end();
        }
        check(disk);
        for (int i = made.size() - 1; i >= 0; i--) {
            lab.generations().remove(made.get(i));
        }
        lab.forget(disk);
        return guests.changes();
    }

    /** The generation's id; its files are those that a node read at the instant. */
    private String backUp(Disk disk, SplittableRandom random, boolean differential) throws Exception {
        List<SortedMap<String, String>> trees = new ArrayList<>();
        String reader = "n" + (1 + random.nextInt(3));
        lab.gathering.watch(new ProbeGathering.Watch() {
            @Override
            public void instant() throws IOException {
                trees.add(tree(reader, disk.name()));
            }
        });
        try {
            String generation = Lab.generation(lab.backups()
                    .backUp(new BackupRequest(
                            disk.name(),
                            Lab.MEDIUM,
                            List.of(),
                            new CopyLimits(0, 2),
                            Layout.PACKED,
                            differential,
                            null,
                            Quieting.NONE,
                            null)));
            try (GenerationReader from = lab.generations().open(generation);
                    org.hikae.api.fs.FileSystem files = lab.disks().openFileSystem("shared", from)) {
                assertThat(disk.check(from).findings()).isEmpty();
                assertThat(Tree.of(files)).isEqualTo(trees.get(trees.size() - 1));
            }
            return generation;
        } finally {
            lab.gathering.watch(new ProbeGathering.Watch() {});
        }
    }

    private SortedMap<String, String> tree(String node, String disk) throws IOException {
        try (FileSystem fileSystem = lab.node(node).fileSystem(disk)) {
            return Tree.of(fileSystem.getPath("/"));
        }
    }

    private void check(Disk disk) throws IOException {
        SortedMap<String, String> first = tree("n1", disk.name());
        for (int i = 2; i <= 4; i++) {
            assertThat(tree("n" + i, disk.name())).as("what n%d sees", i).isEqualTo(first);
        }
        assertThat(lab.services.get(FileSystems.class).check(disk.name()).findings())
                .isEmpty();
    }

    /** One or two on each node; one whose node is killed begins again on its next incarnation. */
    private final class Guests {
        private final String disk;
        private final SplittableRandom random;
        private final List<FutureTask<Long>> tasks = new ArrayList<>();
        private volatile boolean over;

        Guests(String disk, SplittableRandom random) {
            this.disk = disk;
            this.random = random;
        }

        void start() {
            int count = 4 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                String node = "n" + (1 + i % 4);
                SplittableRandom own = random.split();
                FutureTask<Long> task = new FutureTask<>(() -> run(node, own));
                tasks.add(task);
                new Thread(task, "file-guest-" + i + "-" + node).start();
            }
        }

        private long run(String node, SplittableRandom own) throws IOException {
            long changes = 0;
            while (!over) {
                FileGuest guest = null;
                long incarnation = -1;
                try {
                    var current = lab.node(node);
                    incarnation = current.incarnation();
                    try (FileSystem fileSystem = current.fileSystem(disk)) {
                        guest = new FileGuest(fileSystem, own);
                        while (!over) {
                            guest.step();
                        }
                    }
                } catch (IOException | java.nio.file.ClosedFileSystemException e) {
                    if (isUp(node, incarnation)) {
                        throw e;
                    }
                } finally {
                    changes += guest == null ? 0 : guest.changes();
                }
            }
            return changes;
        }

        private boolean isUp(String node, long incarnation) {
            return lab.nodes().list().stream()
                    .anyMatch(up -> up.name().equals(node) && up.incarnation() == incarnation);
        }

        void end() throws InterruptedException, ExecutionException {
            over = true;
            for (FutureTask<Long> task : tasks) {
                try {
                    task.get(Services.DEADLINE.toSeconds(), TimeUnit.SECONDS);
                } catch (java.util.concurrent.TimeoutException e) {
                    throw new AssertionError("a guest does not end", e);
                }
            }
        }

        long changes() throws InterruptedException, ExecutionException {
            long sum = 0;
            for (FutureTask<Long> task : tasks) {
                sum += task.get();
            }
            return sum;
        }
    }
}
