package org.hikae.logcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hikae.logcentral.FakeSession.image;
import static org.hikae.logcentral.FakeSession.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who comes while a message is under way joins the next one. */
@Timeout(60)
class NodeMessagesTest {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);
    private final Kept kept = new Kept();

    /** The first message is under way until it is let. */
    private final FakeSession session = new FakeSession() {
        @Override
        public long nextNumber() {
            long number = super.nextNumber();
            if (number == 1) {
                arrived.countDown();
                try {
                    let.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            if (number == failAt) {
                throw new IllegalStateException("no number " + number);
            }
            return number;
        }
    };

    private volatile long failAt;

    private static CompletableFuture<Void> append(LogGathering.NodeRecords node, BlockRun run, boolean waits) {
        CompletableFuture<Void> appended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                node.append(List.of(run), image(run, (int) run.first()));
                appended.complete(null);
            } catch (IOException e) {
                appended.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        if (waits) {
            await().until(() -> thread.getState() == Thread.State.WAITING);
        }
        return appended;
    }

    private static void endAll(List<CompletableFuture<Void>> appends) throws Exception {
        CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    }

    @Test
    void thoseWhoWaitShareOneMessage() throws Exception {
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            List<CompletableFuture<Void>> appends = new ArrayList<>();
            appends.add(append(node, new BlockRun(1, 1), false));
            arrived.await();
            for (int i = 2; i <= 10; i++) {
                appends.add(append(node, new BlockRun(i, 1), true));
            }
            assertThat(appends).noneMatch(CompletableFuture::isDone);
            let.countDown();
            endAll(appends);
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.messages()).isEqualTo(2);
            assertThat(gathered.records()).isEqualTo(10);
            assertThat(gathered.messageBytes()).isEqualTo(10 * (FakeSession.BLOCK + 16));
        }
        kept.images.forEach((block, value) -> assertThat((long) value).isEqualTo(block));
    }

    /** 700 KiB each: two do not fit into one message. */
    @Test
    void aMessageIsAMebibyteAtMost() throws Exception {
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            List<CompletableFuture<Void>> appends = new ArrayList<>();
            appends.add(append(node, new BlockRun(1, 1), false));
            arrived.await();
            appends.add(append(node, new BlockRun(2000, 1400), true));
            appends.add(append(node, new BlockRun(4000, 1400), true));
            appends.add(append(node, new BlockRun(2, 1), true));
            let.countDown();
            endAll(appends);
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.messages()).isEqualTo(3);
            assertThat(gathered.records()).isEqualTo(4);
        }
        assertThat(kept.images).hasSize(2802);
    }

    /** Writers of two nodes send apart, and neither waits for a message of the other to be filled. */
    @Test
    void everyNodeHasMessagesOfItsOwn() throws Exception {
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords one = gatherer.join(node("n1"));
            LogGathering.NodeRecords other = gatherer.join(node("n2"));
            List<CompletableFuture<Void>> appends = new ArrayList<>();
            appends.add(append(one, new BlockRun(1, 1), false));
            arrived.await();
            appends.add(append(one, new BlockRun(2, 2), true));
            appends.add(append(other, new BlockRun(3, 2), true));
            let.countDown();
            endAll(appends);
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.messages()).isEqualTo(3);
            assertThat(gathered.dropped()).isEqualTo(1);
        }
    }

    /** Whatever goes wrong with a message, nobody in it takes his record for held, and nobody waits for ever. */
    @Test
    void aMessageThatFailsFailsForAllInIt() throws Exception {
        failAt = 3;
        try (CentralGatherer gatherer = session.open(kept)) {
            LogGathering.NodeRecords node = gatherer.join(node("n1"));
            CompletableFuture<Void> first = append(node, new BlockRun(1, 1), false);
            arrived.await();
            CompletableFuture<Void> second = append(node, new BlockRun(2, 1), true);
            CompletableFuture<Void> third = append(node, new BlockRun(3, 1), true);
            let.countDown();
            first.get(30, TimeUnit.SECONDS);
            for (CompletableFuture<Void> failing : List.of(second, third)) {
                assertThatThrownBy(() -> failing.get(30, TimeUnit.SECONDS)).hasMessageContaining("no number 3");
            }
        }
    }

    @Test
    void manyWritersOfManyNodesLoseNothing() throws Exception {
        let.countDown();
        int writers = 12;
        try (CentralGatherer gatherer = session.open(kept)) {
            List<LogGathering.NodeRecords> nodes =
                    List.of(gatherer.join(node("n1")), gatherer.join(node("n2")), gatherer.join(node("n3")));
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                Random random = new Random(i);
                LogGathering.NodeRecords node = nodes.get(i % nodes.size());
                all.add(CompletableFuture.runAsync(() -> appendOften(node, random)));
            }
            endAll(all);
            for (LogGathering.NodeRecords node : nodes) {
                node.close();
            }
            LogGathering.Gathered gathered = gatherer.complete();
            assertThat(gathered.logged().count()).isEqualTo(kept.images.size());
            assertThat(gathered.records()).isEqualTo(kept.numbers.size());
            assertThat(gathered.messages()).isLessThanOrEqualTo(writers * 500L);
        }
        assertThat(kept.numbers).isSorted().doesNotHaveDuplicates();
        kept.images.forEach((block, value) -> assertThat(value).isEqualTo((byte) (block % 100)));
    }

    private static void appendOften(LogGathering.NodeRecords node, Random random) {
        for (int i = 0; i < 500; i++) {
            BlockRun run = new BlockRun(random.nextInt(5000), 1);
            try {
                node.append(List.of(run), image(run, (int) (run.first() % 100)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
