package org.hikae.logcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hikae.logcentral.FakeSession.BLOCK;
import static org.hikae.logcentral.FakeSession.image;
import static org.hikae.logcentral.FakeSession.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** Some runs of one write: ascending, and apart. */
    private static List<BlockRun> anyRuns(Random random) {
        List<BlockRun> runs = new ArrayList<>();
        long next = random.nextInt(150);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            BlockRun run = new BlockRun(next, 1 + random.nextInt(20));
            runs.add(run);
            next = run.end() + 1 + random.nextInt(10);
        }
        return runs;
    }

    /** All images of the value; there is something before and after them in the buffer. */
    private static ByteBuffer images(List<BlockRun> runs, int value) {
        int blocks = (int) runs.stream().mapToLong(BlockRun::count).sum();
        ByteBuffer data = ByteBuffer.allocate((blocks + 2) * BLOCK).position(BLOCK);
        data.put(image(new BlockRun(0, blocks), value));
        return data.flip().position(BLOCK);
    }

    /** Figure 7, with regions of different sizes that overlap in part. */
    @Property(tries = 50)
    void theFirstImageOfEachBlockIsKept(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Kept kept = new Kept();
        Map<Long, Byte> model = new TreeMap<>();
        long dropped = 0;
        long bytes = 0;
        try (CentralGatherer gatherer = new FakeSession().open(kept)) {
            LogGathering.NodeRecords[] nodes = {gatherer.join(node("n1")), gatherer.join(node("n2"))};
            for (int i = 0; i < 100; i++) {
                List<BlockRun> runs = anyRuns(random);
                nodes[i % 2].append(runs, images(runs, i));
                for (BlockRun run : runs) {
                    for (long block = run.first(); block < run.end(); block++) {
                        dropped += model.putIfAbsent(block, (byte) i) == null ? 0 : 1;
                    }
                    bytes += run.count() * BLOCK + 16;
                    assertThat(gatherer.unlogged(run)).isEmpty();
                    assertThat(nodes[(i + 1) % 2].missing(run)).isEmpty();
                }
            }
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.logged())
                    .isEqualTo(BlockSet.of(
                            model.keySet().stream().map(b -> new BlockRun(b, 1)).toList()));
            assertThat(gathered.dropped()).isEqualTo(dropped);
            assertThat(gathered.records()).isEqualTo(kept.numbers.size());
            assertThat(gathered.messages()).as("nobody came at the same time").isEqualTo(100);
            assertThat(gathered.messageBytes()).isEqualTo(bytes);
        }
        assertThat(kept.images).isEqualTo(model);
        assertThat(kept.numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void fullBatchesHoldNodesUntilTheSinkTakesThem() throws Exception {
        CountDownLatch let = new CountDownLatch(1);
        Kept kept = Kept.when(let);
        try (CentralGatherer gatherer = new FakeSession().open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            CountDownLatch done = new CountDownLatch(1);
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 40; i++) {
                        BlockRun run = new BlockRun(i * 2048L, 1024);
                        node.append(List.of(run), image(run, i));
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
        FakeSession session = new FakeSession();
        LogSink full = new Kept() {
            @Override
            public void put(long number, BlockRun run, ByteBuffer data) {
                throw new UncheckedIOException(new IOException("full"));
            }
        };
        try (CentralGatherer gatherer = session.open(full)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            BlockRun run = new BlockRun(0, 1);
            node.append(List.of(run), image(run, 1));
            await().until(() -> session.failure.get() != null);
            assertThatThrownBy(() -> node.append(List.of(run), image(run, 1))).hasMessageContaining("full");
            assertThatThrownBy(node::close).hasMessageContaining("full");
            assertThatThrownBy(gatherer::complete).hasMessageContaining("full");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        CentralGatherer gatherer = new FakeSession().open(new Kept());
        gatherer.close();
        BlockRun run = new BlockRun(0, 1);
        assertThatThrownBy(() -> gatherer.join(node("n1")).append(List.of(run), image(run, 1)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(gatherer::complete).isInstanceOf(IOException.class);
    }

    @Test
    void aLogMayBeEmpty() throws IOException {
        try (CentralGatherer gatherer = new FakeSession().open(new Kept())) {
            gatherer.join(node("n1")).close();
            assertThat(gatherer.complete()).isEqualTo(new LogGathering.Gathered(0, 0, 0, 0, BlockSet.empty()));
        }
    }

    @Test
    void aDiskMayBeLarge() throws IOException {
        Kept kept = new Kept();
        BlockRun run = new BlockRun(1L << 50, 3);
        try (CentralGatherer gatherer = new FakeSession().open(kept)) {
            gatherer.join(node("n1")).append(List.of(new BlockRun(run.first() + 1, 1)), image(new BlockRun(0, 1), 1));
            gatherer.join(node("n2")).append(List.of(run), image(run, 2));
            assertThat(gatherer.complete().logged()).isEqualTo(BlockSet.of(run));
        }
        assertThat(kept.images.values()).containsExactly((byte) 2, (byte) 1, (byte) 2);
    }

    /** The bundle is stopped: its sessions end themselves, and that is not waited for. */
    @Test
    void theStopOfTheGatheringFailsItsSessions() throws IOException {
        CountDownLatch let = new CountDownLatch(1);
        CentralGathering gathering = new CentralGathering();
        try (LogGathering.Gatherer gatherer = gathering.open(new FakeSession(), Kept.when(let))) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            BlockRun run = new BlockRun(0, 1);
            node.append(List.of(run), image(run, 1));
            gathering.stop();
            assertThatThrownBy(() -> node.append(List.of(run), image(run, 1))).hasMessageContaining("was stopped");
            assertThatThrownBy(gatherer::complete).hasMessageContaining("was stopped");
            let.countDown();
        }
    }
}
