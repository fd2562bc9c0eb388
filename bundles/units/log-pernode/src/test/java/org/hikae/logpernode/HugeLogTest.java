package org.hikae.logpernode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are many times as large as the memory, of single blocks all over a disk: the worst for lists, sets and reads. */
class HugeLogTest {

    /** What two nodes log, in MiB. */
    private static final int LOGGED_MIB = Boolean.getBoolean("hikae.long") ? 2048 : 256;

    private static final int HEAP_MIB = 64;
    private static final int BUFFERS_MIB = 32;
    private static final int BLOCK = 4096;
    /** One in so many blocks is logged by the other node too, later. */
    private static final int TWICE = 4;

    @TempDir
    Path folder;

    @Test
    void memoryDoesNotGrowWithTheLogs() throws Exception {
        Process platform = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MIB + "m",
                        "-XX:MaxDirectMemorySize=" + BUFFERS_MIB + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Platform.class.getName(),
                        folder.toString(),
                        Integer.toString(LOGGED_MIB))
                .redirectErrorStream(true)
                .start();
        String output = new String(platform.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(platform.waitFor()).as(output).isZero();
        System.out.println(output);
    }

    /** A process of little memory. */
    static final class Platform {

        /** A block once for each {@code i}, without any order. */
        private static long block(long i) {
            return i * 2_654_435_761L & (1 << 24) - 1;
        }

        public static void main(String[] args) throws IOException {
            long blocks = (Long.parseLong(args[1]) << 20) / BLOCK;
            First kept = new First();
            LogGathering.Session session = new TestSession() {
                @Override
                public int blockSize() {
                    return BLOCK;
                }
            };
            try (LogGathering.Gatherer gatherer = new PerNodeGathering().open(session, kept)) {
                LogGathering.NodeRecords one = gatherer.join(new LoggingNode("n1", 1, Path.of(args[0], "n1")));
                LogGathering.NodeRecords two = gatherer.join(new LoggingNode("n2", 1, Path.of(args[0], "n2")));
                long distinct = log(List.of(one, two), blocks);
                one.close();
                two.close();
                long begin = System.nanoTime();
                LogGathering.Gathered gathered = gatherer.complete();
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                assertThat(gathered.logged().count()).isEqualTo(distinct);
                assertThat(gathered.dropped()).isEqualTo(blocks - distinct);
                assertThat(kept.blocks).isEqualTo(distinct);
                System.out.printf(
                        "%d blocks logged, %d kept: merged in %d ms, %d MiB of heap in use at most%n",
                        blocks, distinct, took.toMillis(), heapPeak() >> 20);
            }
        }

        /** @return how many blocks were logged once or more */
        private static long log(List<LogGathering.NodeRecords> nodes, long blocks) throws IOException {
            ByteBuffer image = ByteBuffer.allocate(BLOCK);
            long distinct = 0;
            for (long logged = 0; logged < blocks; distinct++) {
                BlockRun run = new BlockRun(block(distinct), 1);
                int node = (int) (distinct % nodes.size());
                nodes.get(node)
                        .append(List.of(run), image.putLong(0, run.first()).putInt(8, 1));
                logged++;
                if (distinct % TWICE == 0 && logged < blocks) {
                    nodes.get(1 - node).append(List.of(run), image.putInt(8, 2));
                    logged++;
                }
            }
            return distinct;
        }

        /** Together with garbage that nobody had to collect yet. */
        private static long heapPeak() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
        }
    }

    /** Sees to it that every image is its block's first. */
    private static final class First implements LogSink {
        private long blocks;

        @Override
        public void put(long number, BlockRun run, ByteBuffer data) throws IOException {
            for (long block = run.first(); block < run.end(); block++) {
                ByteBuffer image = data.slice((int) (block - run.first()) * BLOCK, BLOCK);
                if (image.getLong(0) != block || image.getInt(8) != 1) {
                    throw new IOException("record " + number + " is not the first image of block " + block);
                }
                blocks++;
            }
        }

        @Override
        public void complete() {}

        @Override
        public void close() {}
    }
}
