package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.node.NodeGoneException;
import org.hikae.node.testing.CellHistory;
import org.hikae.node.testing.Deadline;
import org.hikae.node.testing.Stamped;
import org.hikae.node.testing.TestDevice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes read and write the same regions at once, some are lost meanwhile, and backups make their instants: what is read is
 * linearizable for each cell (I4), an instant shows one moment of all (I1), and what is forced, or was seen by another node,
 * survives the loss of the node that wrote it (R15, R16). Seeds are in the messages of failures.
 */
class CoherenceTest {

    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());
    private static final int HISTORIES = Boolean.getBoolean("hikae.long") ? 400 : 4;
    /** For one history, which takes a second on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Values are given out once, from 1. */
    private final AtomicLong values = new AtomicLong();

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65536})
    void i4_disk(int blockSize) throws Exception {
        for (int i = 0; i < HISTORIES; i++) {
            history(SEED + i, blockSize, false);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 65536})
    void i4_file(int blockSize) throws Exception {
        for (int i = 0; i < HISTORIES; i++) {
            history(SEED + i, blockSize, true);
        }
    }

    private void history(long seed, int blockSize, boolean file) throws Exception {
        try {
            Deadline.meet(LIMIT, () -> new History(new SplittableRandom(seed), blockSize, file).run());
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", -Dhikae.seed=" + seed + " makes it again", e);
        }
    }

    private final class History {

        private final SplittableRandom random;
        private final Cluster cluster;
        private final Stamped stamped;
        /** 0: the disk. */
        private final long inode;

        private final List<Guest> guests = new ArrayList<>();
        private final List<FutureTask<Void>> tasks = new ArrayList<>();

        History(SplittableRandom random, int blockSize, boolean file) {
            this.random = random;
            int region = blockSize * (random.nextBoolean() ? 3 : 40) + 2 * Stamped.CELL;
            long size = file ? 8L * region : region + random.nextInt(blockSize);
            this.cluster = new Cluster(new TestDevice(Math.max(size, 1 << 22), blockSize), 1 << 20);
            this.stamped = new Stamped(region);
            this.inode = file ? cluster.files.create() : 0;
            cluster.control.generous = random.nextBoolean();
        }

        void run() throws Exception {
            int count = 2 + random.nextInt(7);
            for (int i = 1; i <= count; i++) {
                LocalNode node = cluster.start("n" + i);
                for (int guest = 0; guest < 1 + random.nextInt(2); guest++) {
                    guests.add(new Guest(node, random.split()));
                    tasks.add(new FutureTask<>(guests.get(guests.size() - 1)));
                }
            }
            tasks.forEach(task -> Deadline.daemon(task, "guest").start());
            disturb();
            for (FutureTask<Void> task : tasks) {
                task.get();
            }
            List<Guest> lost = guests.stream().filter(Guest::isLost).toList();
            lost.forEach(stamped::lostReader);
            lost.forEach(guest -> stamped.lostWriter(guest, guest.forced));
            stamped.check();
            cluster.close();
            assertThat(cluster.files.promised()).isZero();
            assertThat(cluster.files.reserved()).isZero();
        }

        private void disturb() throws IOException {
            for (int i = 0; i < 3; i++) {
                if (random.nextInt(3) == 0 && cluster.nodes().size() > 1) {
                    LocalNode victim =
                            cluster.nodes().get(random.nextInt(cluster.nodes().size()));
                    cluster.kill(victim);
                } else {
                    cluster.instant(this::look);
                }
            }
        }

        /** At the instant nothing moves: the disk is what the last writes made of it. */
        private void look() throws IOException {
            long begin = CellHistory.now();
            ByteBuffer buffer = ByteBuffer.allocate(stamped.count() * Stamped.CELL);
            if (inode == 0) {
                cluster.device.read(buffer, 0);
                buffer.flip();
            } else {
                byte[] content = cluster.files.content(cluster.device, inode);
                buffer = ByteBuffer.wrap(content);
            }
            stamped.read(0, stamped.count(), buffer, begin, CellHistory.now(), "instant");
        }

        /** A thread on a node, until it has done enough or its node is gone. */
        private final class Guest implements java.util.concurrent.Callable<Void> {

            private final LocalNode node;
            private final SplittableRandom random;
            /** What ended before is durable. */
            private long forced;

            Guest(LocalNode node, SplittableRandom random) {
                this.node = node;
                this.random = random;
            }

            @Override
            public Void call() throws IOException {
                try (Subject subject = open()) {
                    for (int i = 0; i < 150; i++) {
                        step(subject);
                    }
                } catch (NodeGoneException e) {
                    // What the other guests of the node saw is known to them.
                }
                return null;
            }

            boolean isLost() {
                return cluster.node(node.name()) == null;
            }

            private Subject open() throws IOException {
                return inode == 0
                        ? Subject.of(node.open(Cluster.DISK))
                        : Subject.of(node.openVolume(Cluster.DISK), inode);
            }

            private void step(Subject subject) throws IOException {
                int most = random.nextInt(4) == 0 ? stamped.count() : 1 + random.nextInt(4);
                int count = Math.min(most, stamped.count());
                int first = random.nextInt(stamped.count() - count + 1);
                int choice = random.nextInt(20);
                if (choice == 0) {
                    long begin = CellHistory.now();
                    subject.force();
                    forced = begin;
                } else if (choice < 10) {
                    read(subject, first, count);
                } else {
                    write(subject, first, count);
                }
            }

            private void read(Subject subject, int first, int count) throws IOException {
                ByteBuffer buffer = ByteBuffer.allocate(count * Stamped.CELL);
                long begin = CellHistory.now();
                subject.read(buffer, (long) first * Stamped.CELL);
                stamped.read(first, count, buffer, begin, CellHistory.now(), this);
            }

            private void write(Subject subject, int first, int count) throws IOException {
                long value = values.incrementAndGet();
                long begin = CellHistory.now();
                long end = Long.MAX_VALUE;
                try {
                    subject.write(Stamped.fill(value, count), (long) first * Stamped.CELL);
                    end = CellHistory.now();
                } finally {
                    stamped.wrote(first, count, value, begin, end, this);
                }
            }
        }
    }
}
