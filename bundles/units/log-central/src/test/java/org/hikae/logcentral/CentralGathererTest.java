package org.hikae.logcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CentralGathererTest {

    private static final int BLOCK = 512;

    /** What a sink was given: by block, the number and the first byte of the image. */
    private static class Kept implements LogSink {

        final Map<Long, Byte> images = new TreeMap<>();
        final List<Long> numbers = new ArrayList<>();

        @Override
        public void put(long number, BlockRun run, ByteBuffer data) {
            assertThat(data.remaining()).isEqualTo((int) run.count() * BLOCK);
            numbers.add(number);
            for (long block = run.first(); block < run.end(); block++) {
                byte first = data.get(data.position() + (int) (block - run.first()) * BLOCK);
                assertThat(images.put(block, first))
                        .as("block " + block + " is kept once")
                        .isNull();
            }
        }

        @Override
        public void complete() {}

        @Override
        public void close() {}
    }

    private static class Session implements LogGathering.Session {

        final AtomicLong numbers = new AtomicLong();
        final AtomicReference<IOException> failure = new AtomicReference<>();

        @Override
        public int blockSize() {
            return BLOCK;
        }

        @Override
        public long nextNumber() {
            return numbers.incrementAndGet();
        }

        @Override
        public boolean hasFailed() {
            return failure.get() != null;
        }

        @Override
        public void failed(IOException cause) {
            failure.set(cause);
        }
    }

    private static ByteBuffer image(BlockRun run, int value) {
        ByteBuffer data = ByteBuffer.allocate((int) run.count() * BLOCK);
        while (data.hasRemaining()) {
            data.put((byte) value);
        }
        return data.flip();
    }

    private static CentralGatherer open(Session session, LogSink sink) {
        CentralGatherer gatherer = new CentralGatherer(session, sink, closed -> {});
        gatherer.start();
        return gatherer;
    }

    /** Figure 7, with regions of different sizes that overlap in part. */
    @Property(tries = 50)
    void theFirstImageOfEachBlockIsKept(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Kept kept = new Kept();
        Map<Long, Byte> model = new TreeMap<>();
        long dropped = 0;
        try (CentralGatherer gatherer = open(new Session(), kept)) {
            LogGathering.NodeRecords[] nodes = {gatherer.join("n1", 1), gatherer.join("n2", 1)};
            for (int i = 0; i < 100; i++) {
                BlockRun run = new BlockRun(random.nextInt(200), 1 + random.nextInt(20));
                nodes[i % 2].append(run, image(run, i));
                for (long block = run.first(); block < run.end(); block++) {
                    dropped += model.putIfAbsent(block, (byte) i) == null ? 0 : 1;
                }
                assertThat(gatherer.missing(run)).isEmpty();
            }
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.logged())
                    .isEqualTo(BlockSet.of(
                            model.keySet().stream().map(b -> new BlockRun(b, 1)).toList()));
            assertThat(gathered.dropped()).isEqualTo(dropped);
            assertThat(gathered.records()).isEqualTo(kept.numbers.size());
        }
        assertThat(kept.images).isEqualTo(model);
        assertThat(kept.numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aFullBatchHoldsNodesUntilTheSinkTakesIt() throws Exception {
        CountDownLatch let = new CountDownLatch(1);
        Kept kept = new Kept() {
            @Override
            public void put(long number, BlockRun run, ByteBuffer data) {
                try {
                    let.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                super.put(number, run, data);
            }
        };
        try (CentralGatherer gatherer = open(new Session(), kept)) {
            LogGathering.NodeRecords node = gatherer.join("n1", 1);
            CountDownLatch done = new CountDownLatch(1);
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 40; i++) {
                        BlockRun run = new BlockRun(i * 2048L, 1024);
                        node.append(run, image(run, i));
                    }
                    done.countDown();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            assertThat(done.await(200, TimeUnit.MILLISECONDS)).isFalse();
            let.countDown();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            gatherer.complete();
        }
        assertThat(kept.images).hasSize(40 * 1024);
    }

    @Test
    void aSinkThatFailsIsSaidAtOnceAndEverAfter() {
        Session session = new Session();
        LogSink full = new Kept() {
            @Override
            public void put(long number, BlockRun run, ByteBuffer data) {
                throw new java.io.UncheckedIOException(new IOException("full"));
            }
        };
        try (CentralGatherer gatherer = open(session, full)) {
            LogGathering.NodeRecords node = gatherer.join("n1", 1);
            BlockRun run = new BlockRun(0, 1);
            node.append(run, image(run, 1));
            org.awaitility.Awaitility.await().until(() -> session.failure.get() != null);
            assertThatThrownBy(() -> node.append(run, image(run, 1))).hasMessageContaining("full");
            assertThatThrownBy(node::close).hasMessageContaining("full");
            assertThatThrownBy(gatherer::complete).hasMessageContaining("full");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        CentralGatherer gatherer = open(new Session(), new Kept());
        gatherer.close();
        BlockRun run = new BlockRun(0, 1);
        assertThatThrownBy(() -> gatherer.join("n1", 1).append(run, image(run, 1)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(gatherer::complete).isInstanceOf(IOException.class);
    }
}
