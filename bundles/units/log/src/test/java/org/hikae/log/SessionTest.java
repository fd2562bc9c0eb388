package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSummary;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session asks nodes to log, and when it lets a generation be sealed. */
class SessionTest {

    private static final int BLOCK = 512;

    private final BlockSet.Builder held = new BlockSet.Builder();
    /** Of each record. */
    private final List<Byte> firstBytes = new ArrayList<>();

    private final List<String> ended = new ArrayList<>();
    private final Session session = new Session(disk(), BlockSet.range(10, 90), gathering(), sink(), closed -> {});

    @BeforeEach
    void begin() throws IOException {
        session.begin();
    }

    private static Disk disk() {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(),
                new Class<?>[] {Disk.class},
                (proxy, method, args) -> method.getName().equals("blockSize") ? BLOCK : "d");
    }

    private LogGathering gathering() {
        return (session, sink) -> new LogGathering.Gatherer() {
            @Override
            public LogGathering.NodeRecords join(String node, long incarnation) {
                return new LogGathering.NodeRecords() {
                    @Override
                    public void append(BlockRun run, ByteBuffer data) {
                        held.add(run);
                        firstBytes.add(data.get(data.position()));
                        assertThat(data.remaining()).isEqualTo(run.count() * BLOCK);
                    }

                    @Override
                    public void close() throws IOException {
                        if (node.equals("torn")) {
                            throw new IOException("its medium is gone");
                        }
                    }
                };
            }

            @Override
            public List<BlockRun> missing(BlockRun run) {
                return held.missing(run);
            }

            @Override
            public LogGathering.Gathered complete() {
                return new LogGathering.Gathered(1, 0, held.build());
            }

            @Override
            public void close() {
                ended.add("gatherer");
            }
        };
    }

    private LogSink sink() {
        return new LogSink() {
            @Override
            public void put(long number, BlockRun run, ByteBuffer data) {}

            @Override
            public void complete() {
                ended.add("complete");
            }

            @Override
            public void close() {
                ended.add("sink");
            }
        };
    }

    @Test
    void onlyWantedBlocksAreLoggedAndOnlyOnce() throws IOException {
        NodeLog log = session.join("n1", 1);
        assertThat(log.missing(new BlockRun(0, 200))).containsExactly(new BlockRun(10, 90));
        log.append(new BlockRun(20, 10), ByteBuffer.allocate(10 * BLOCK));
        assertThat(log.missing(new BlockRun(0, 40))).containsExactly(new BlockRun(10, 10), new BlockRun(30, 10));
        assertThat(session.join("n2", 1).missing(new BlockRun(22, 3))).isEmpty();
    }

    @Test
    void r7_whatIsKnownToBeCopiedIsSpared() throws IOException {
        NodeLog log = session.join("n1", 1);
        session.copied(new BlockRun(10, 40));
        assertThat(log.missing(new BlockRun(15, 5))).isEmpty();
        assertThat(log.missing(new BlockRun(45, 10))).containsExactly(new BlockRun(50, 5));
        assertThat(log.missing(new BlockRun(60, 10))).containsExactly(new BlockRun(60, 10));
        LogSummary summary = session.complete(List.of(log.complete()));
        assertThat(summary.spared()).isEqualTo(2);
    }

    /** Case: N1 finds B missing; B is copied; N2 overwrites it unlogged; N1 reads what N2 wrote, and logs it. */
    @Test
    void r7_whatBecameKnownToBeCopiedAfterItWasFoundMissingIsNotLogged() throws IOException {
        NodeLog log = session.join("n1", 1);
        assertThat(log.missing(new BlockRun(20, 10))).containsExactly(new BlockRun(20, 10));
        session.copied(new BlockRun(22, 3));
        ByteBuffer data = ByteBuffer.allocate(10 * BLOCK);
        for (int i = 0; i < 10; i++) {
            data.put(i * BLOCK, (byte) (20 + i));
        }
        log.append(new BlockRun(20, 10), data);
        assertThat(held.build()).isEqualTo(BlockSet.of(new BlockRun(20, 2), new BlockRun(25, 5)));
        assertThat(firstBytes).containsExactly((byte) 20, (byte) 25);
        assertThat(log.complete().records()).isEqualTo(2);
    }

    @Test
    void r9_anIncarnationWithoutReceiptForbidsTheSeal() throws IOException {
        LogReceipt first = session.join("n1", 1).complete();
        session.join("n1", 2);
        assertThatThrownBy(() -> session.complete(List.of(first))).hasMessageContaining("n1 (incarnation 2)");
    }

    @Test
    void r9_anUnloggedWriteForbidsTheSeal() throws IOException {
        NodeLog log = session.join("n1", 1);
        log.unlogged(new BlockRun(12, 1), new IOException("disk error"));
        assertThat(log.missing(new BlockRun(12, 1)))
                .as("nobody logs for a lost cause")
                .isEmpty();
        LogReceipt receipt = log.complete();
        assertThat(receipt.complete()).isFalse();
        assertThatThrownBy(() -> session.complete(List.of(receipt))).hasMessageContaining("disk error");
        assertThatThrownBy(session::check).hasMessageContaining("block 12");
        assertThat(ended).doesNotContain("complete");
    }

    @Test
    void r9_aNodeWhoseLogIsLostForbidsTheSeal() throws IOException {
        LogReceipt receipt = session.join("torn", 1).complete();
        assertThat(receipt.complete()).isFalse();
        assertThatThrownBy(() -> session.complete(List.of(receipt))).hasMessageContaining("its medium is gone");
    }

    @Test
    void theFirstReasonOfAFailureStays() {
        session.fail("first", null);
        session.fail("second", null);
        assertThatThrownBy(session::check).hasMessage("first");
        assertThatThrownBy(() -> session.join("n1", 1)).hasMessage("first");
    }

    @Test
    void closingReleasesEverythingOnce() {
        session.close();
        session.close();
        assertThat(ended).containsExactly("gatherer", "sink");
        assertThatThrownBy(() -> session.join("n1", 1)).hasMessageContaining("has ended");
    }

    @Test
    void r6_numbersCountFromOneWithoutGaps() {
        assertThat(List.of(session.nextNumber(), session.nextNumber(), session.nextNumber()))
                .containsExactly(1L, 2L, 3L);
    }
}
