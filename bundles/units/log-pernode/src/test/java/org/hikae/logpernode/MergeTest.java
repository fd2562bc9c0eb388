package org.hikae.logpernode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;

/** Figure 5 against its model: of each block the image that was logged first stays. */
class MergeTest {

    private final PerNodeGathering gathering = new PerNodeGathering();

    private static List<LogGathering.NodeRecords> join(LogGathering.Gatherer gatherer, Path folder, int nodes)
            throws IOException {
        List<LogGathering.NodeRecords> logs = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            logs.add(gatherer.join(new LoggingNode("n" + i, 1, folder.resolve("n" + i))));
        }
        return logs;
    }

    private static void end(List<LogGathering.NodeRecords> nodes) throws IOException {
        for (LogGathering.NodeRecords node : nodes) {
            node.close();
        }
    }

    private static void assertNothingLeft(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(LogFiles::isOne)).isEmpty();
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Regions of different sizes that overlap in part, through several nodes in turn; several in one call. */
    @Property(tries = 60)
    void theOldestImageOfEachBlockStays(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int nodes)
            throws IOException {
        Path folder = Files.createTempDirectory("hikae-merge");
        Kept kept = new Kept();
        Random random = new Random(seed);
        boolean large = seed % 4 == 0;
        Map<Long, Integer> model = new TreeMap<>();
        long dropped = 0;
        try (LogGathering.Gatherer gatherer = gathering.open(new TestSession(), kept)) {
            List<LogGathering.NodeRecords> logs = join(gatherer, folder, nodes);
            for (int i = 0; i < 150; i++) {
                LogGathering.NodeRecords node = logs.get(random.nextInt(nodes));
                BlockRun run = run(random, large);
                append(node, run, i, random.nextBoolean());
                for (long block = run.first(); block < run.end(); block++) {
                    dropped += model.putIfAbsent(block, i) == null ? 0 : 1;
                }
                assertThat(node.missing(run)).isEmpty();
            }
            end(logs);
            assertThat(kept.records).as("nothing is sent before the end").isZero();
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.logged()).isEqualTo(setOf(model));
            assertThat(gathered.dropped()).isEqualTo(dropped);
            assertThat(gathered.records()).isEqualTo(kept.records);
            assertThat(gathered.messageBytes()).isGreaterThan(model.size() * Kept.BLOCK);
        }
        assertThat(kept.images).isEqualTo(model);
        assertNothingLeft(folder);
    }

    private static BlockRun run(Random random, boolean large) {
        return large
                ? new BlockRun((1L << 45) + random.nextInt(40_000), 1 + random.nextInt(2048))
                : new BlockRun(random.nextInt(300), 1 + random.nextInt(20));
    }

    private static void append(LogGathering.NodeRecords node, BlockRun run, int version, boolean cut)
            throws IOException {
        List<BlockRun> runs = List.of(run);
        if (cut && run.count() > 1) {
            long half = run.count() / 2;
            runs = List.of(new BlockRun(run.first(), half), new BlockRun(run.first() + half, run.count() - half));
        }
        node.append(runs, Kept.image(run, version));
    }

    private static BlockSet setOf(Map<Long, Integer> model) {
        return BlockSet.of(model.keySet().stream().map(b -> new BlockRun(b, 1)).toList());
    }

    /** As doors do it, on a disk of which every block is first at version 0: log what is missing, then write (R6). */
    @Property(tries = 5)
    void whateverWritersDoTheFirstVersionStays(@ForAll long seed) throws Exception {
        Path folder = Files.createTempDirectory("hikae-merge");
        Kept kept = new Kept();
        AtomicIntegerArray disk = new AtomicIntegerArray(400);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (LogGathering.Gatherer gatherer = gathering.open(new TestSession(), kept)) {
            List<LogGathering.NodeRecords> logs = join(gatherer, folder, 3);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                LogGathering.NodeRecords node = logs.get(i % 3);
                Random random = new Random(seed + i);
                ends.add(threads.submit(() -> {
                    for (int write = 1; write <= 300; write++) {
                        write(node, disk, random.nextInt(disk.length()), write);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
            end(logs);
            gatherer.complete();
        } finally {
            threads.shutdownNow();
        }
        for (int block = 0; block < disk.length(); block++) {
            assertThat(kept.images.get((long) block)).isEqualTo(disk.get(block) == 0 ? null : (Integer) 0);
        }
        assertNothingLeft(folder);
    }

    /** Block by block under a lock, as nodes have leases; the numbers of several nodes are drawn at the same time. */
    private static void write(LogGathering.NodeRecords node, AtomicIntegerArray disk, int block, int version)
            throws IOException {
        BlockRun run = new BlockRun(block, 1);
        synchronized (LEASES[block % LEASES.length]) {
            for (BlockRun missing : node.missing(run)) {
                node.append(List.of(missing), Kept.image(missing, disk.get(block)));
            }
            disk.set(block, version);
        }
    }

    private static final Object[] LEASES = new Object[16];

    static {
        for (int i = 0; i < LEASES.length; i++) {
            LEASES[i] = new Object();
        }
    }
}
