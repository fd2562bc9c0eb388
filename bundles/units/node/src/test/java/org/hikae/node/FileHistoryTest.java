package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hikae.node.testing.Deadline;
import org.hikae.node.testing.TestDevice;
import org.hikae.node.volume.FileContent;
import org.hikae.node.volume.NodeVolume;
import org.junit.jupiter.api.Test;

/**
 * One call after the other, each on any node, does to a file what it does to an array of bytes; and what was forced survives
 * the loss of all nodes.
 */
class FileHistoryTest {

    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());
    private static final int HISTORIES = Boolean.getBoolean("hikae.long") ? 2000 : 60;
    private static final int LONGEST = 300_000;
    /** For one history, which takes a second on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void i4_aFileIsAnArrayOfBytesOnAllNodes() {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = SEED + i;
            try {
                Deadline.meet(LIMIT, () -> new History(new SplittableRandom(seed)).run());
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", -Dhikae.seed=" + seed + " makes it again", e);
            }
        }
    }

    private static final class History {

        private final SplittableRandom random;
        private final Cluster cluster;
        private final long inode;
        private final List<NodeVolume> volumes = new ArrayList<>();
        private final List<FileContent> contents = new ArrayList<>();
        private byte[] model = new byte[0];
        private int started;

        History(SplittableRandom random) {
            this.random = random;
            int blockSize = 512 << random.nextInt(8);
            cluster = new Cluster(new TestDevice(8 << 20, blockSize), 1 << 20);
            cluster.control.generous = random.nextInt(3) > 0;
            inode = cluster.files.create();
        }

        void run() throws IOException {
            for (int i = 0; i < 2 + random.nextInt(3); i++) {
                start();
            }
            for (int i = 0; i < 120; i++) {
                step();
            }
            check();
            for (NodeVolume volume : volumes) {
                volume.close();
                cluster.node(volume.node()).flush();
            }
            assertThat(cluster.files.content(cluster.device, inode)).isEqualTo(model);
            cluster.close();
            assertThat(cluster.files.promised()).isZero();
            assertThat(cluster.files.reserved()).isZero();
        }

        private void start() throws IOException {
            NodeVolume volume = cluster.start("n" + ++started).openVolume(Cluster.DISK);
            volumes.add(volume);
            contents.add(volume.open(inode));
        }

        private FileContent any() {
            return contents.get(random.nextInt(contents.size()));
        }

        private void step() throws IOException {
            int offset = random.nextInt(random.nextBoolean() ? LONGEST : model.length + 10);
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> write(offset, some());
                case 3, 4 -> append(some());
                case 5 -> resize(offset);
                case 6 -> assertThat(any().size()).isEqualTo(model.length);
                case 7 -> force();
                case 8 -> instant();
                case 9 -> crash();
                default -> read(offset);
            }
        }

        private byte[] some() {
            byte[] bytes = new byte[1 + random.nextInt(random.nextInt(5) == 0 ? 150_000 : 6000)];
            Arrays.fill(bytes, (byte) (1 + random.nextInt(100)));
            return bytes;
        }

        private void write(int offset, byte[] bytes) throws IOException {
            any().write(ByteBuffer.wrap(bytes), offset);
            model = Arrays.copyOf(model, Math.max(model.length, offset + bytes.length));
            System.arraycopy(bytes, 0, model, offset, bytes.length);
        }

        private void append(byte[] bytes) throws IOException {
            if (model.length + bytes.length < 2 * LONGEST) {
                assertThat(any().append(ByteBuffer.wrap(bytes))).isEqualTo(model.length);
                model = Arrays.copyOf(model, model.length + bytes.length);
                System.arraycopy(bytes, 0, model, model.length - bytes.length, bytes.length);
            }
        }

        private void resize(int size) throws IOException {
            any().resize(size);
            model = Arrays.copyOf(model, size);
        }

        private void read(int offset) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(20_000));
            int length = any().read(buffer, offset);
            if (offset >= model.length) {
                assertThat(length).isEqualTo(-1);
            } else {
                int end = Math.min(model.length, offset + buffer.capacity());
                assertThat(length).isEqualTo(end - offset);
                assertThat(Arrays.copyOf(buffer.array(), length)).isEqualTo(Arrays.copyOfRange(model, offset, end));
            }
        }

        private void force() throws IOException {
            any().force(true);
        }

        /** I1: the disk holds just what the file is. */
        private void instant() throws IOException {
            cluster.instant(() ->
                    assertThat(cluster.files.content(cluster.device, inode)).isEqualTo(model));
        }

        /** All nodes force, then one is lost: nothing is. Or one is lost, and what the others have is all there is. */
        private void crash() throws IOException {
            int victim = random.nextInt(contents.size());
            boolean forced = random.nextBoolean();
            if (forced) {
                contents.get(victim).force(false);
            }
            cluster.kill(cluster.node(volumes.get(victim).node()));
            contents.remove(victim);
            volumes.remove(victim);
            start();
            byte[] now = content(any());
            if (forced) {
                assertThat(now).isEqualTo(model);
            }
            model = now;
        }

        private static byte[] content(FileContent content) throws IOException {
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(content.size()));
            if (all.hasRemaining()) {
                assertThat(content.read(all, 0)).isEqualTo(all.capacity());
            }
            return all.array();
        }

        private void check() throws IOException {
            for (FileContent content : contents) {
                assertThat(content(content)).isEqualTo(model);
            }
        }
    }
}
