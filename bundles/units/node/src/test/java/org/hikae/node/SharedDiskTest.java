package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogSummary;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.NodeLog;
import org.hikae.api.node.NodeGoneException;
import org.hikae.api.node.NodeSettings;
import org.hikae.io.FileDevice;
import org.hikae.node.cache.Counters;
import org.hikae.node.testing.TestControl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a write passes on its way through the door. */
class SharedDiskTest {

    private static final int BLOCK = 512;
    private static final int SIZE = 10 * BLOCK + 100;

    @TempDir
    Path folder;

    private final List<String> steps = new ArrayList<>();
    private final RecordingLog log = new RecordingLog();
    private LocalNode node;
    private TestControl control;

    @BeforeEach
    void makeNode() throws IOException {
        byte[] content = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            content[i] = (byte) (i / BLOCK + 1);
        }
        Files.write(folder.resolve("disk"), content);
        control = new TestControl();
        Disks disks = disks();
        node = new LocalNode(
                "n1", 7, new NodeSettings(1 << 20, Path.of("none")), disks, control, new Mounts(disks, disk -> null));
        control.admit(node.gate());
    }

    private Disks disks() {
        return proxy(Disks.class, (name, args) -> switch (name) {
            case "use" -> (AutoCloseable) () -> steps.add("given back");
            case "get" -> disk();
            case "letGo" -> null;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private Disk disk() {
        ChangeTracker.Recorder recorder = proxy(ChangeTracker.Recorder.class, (name, args) -> {
            steps.add(name.equals("record") ? "changed " + args[0] : "recorder closed");
            return null;
        });
        ChangeTracker tracker = proxy(ChangeTracker.class, (name, args) -> recorder);
        return proxy(Disk.class, (name, args) -> switch (name) {
            case "name" -> "d";
            case "changes" -> tracker;
            default ->
                FileDevice.open(
                        folder.resolve("disk"),
                        BLOCK,
                        name.equals("openForDoor") ? FileDevice.Mode.READ_WRITE : FileDevice.Mode.READ);
        });
    }

    private void enterSession() throws IOException {
        NodeGate gate = node.gate();
        gate.hold("d", Duration.ofMinutes(1));
        assertThat(gate.enter(log.session())).isTrue();
        gate.release("d");
    }

    @Test
    void trackerThenLogThenDisk() throws IOException {
        try (BlockDevice door = node.open("d")) {
            enterSession();
            door.write(ByteBuffer.wrap(new byte[BLOCK]), BLOCK + 10);
        }
        assertThat(steps).startsWith("changed 1-2", "missing 1-2", "append [1-2]: 2, 3");
        assertThat(Files.readAllBytes(folder.resolve("disk"))[BLOCK + 10]).isZero();
    }

    /** The node is removed, and its disk fails just then: who flushes after that must not be told that all is durable. */
    @Test
    void aForceThatFailedWhenTheDoorClosedIsNotForgotten() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        BlockDevice failing = proxy(BlockDevice.class, (name, args) -> switch (name) {
            case "force" -> throw closed.get() ? new ClosedChannelException() : new IOException("the disk is gone");
            case "close" -> {
                closed.set(true);
                yield null;
            }
            case "blockSize" -> BLOCK;
            default -> throw new UnsupportedOperationException(name);
        });
        SharedDisk door = new SharedDisk(
                node, disk(), failing, new Gate(System::nanoTime), new Counters(), () -> steps.add("given back"));

        assertThatThrownBy(door::close).hasMessage("the disk is gone");
        assertThatThrownBy(door::force).isInstanceOf(IOException.class).hasMessage("the disk is gone");
        assertThat(steps).endsWith("given back");
    }

    /** The system says once that writes are lost; whoever flushes next, over another connection say, lost them too. */
    @Test
    void aForceThatFailedIsNotForgottenWhileTheDoorIsOpen() throws IOException {
        AtomicBoolean told = new AtomicBoolean();
        BlockDevice failing = proxy(BlockDevice.class, (name, args) -> switch (name) {
            case "force" -> {
                if (told.compareAndSet(false, true)) {
                    throw new IOException("the disk lost something");
                }
                yield null;
            }
            case "close" -> null;
            case "blockSize" -> BLOCK;
            default -> throw new UnsupportedOperationException(name);
        });
        SharedDisk door = new SharedDisk(node, disk(), failing, new Gate(System::nanoTime), new Counters(), () -> {});

        assertThatThrownBy(door::force).hasMessage("the disk lost something");
        assertThatThrownBy(door::force).hasMessage("the disk lost something");
        assertThatThrownBy(door::close).hasMessage("the disk lost something");
        assertThatThrownBy(door::force).hasMessage("the disk lost something");
    }

    @Test
    void aShortLastBlockIsLoggedFilledUpWithZeros() throws IOException {
        try (BlockDevice door = node.open("d")) {
            enterSession();
            door.write(ByteBuffer.wrap(new byte[] {99}), SIZE - 1);
        }
        assertThat(steps).contains("append [10]: 11");
        assertThat(log.lastByte).isZero();
    }

    /** The last of them is the short one. */
    @Test
    void whatIsMissingOfAWriteIsLoggedAtOnce() throws IOException {
        log.wanted = List.of(new BlockRun(1, 1), new BlockRun(3, 2), new BlockRun(10, 1));
        try (BlockDevice door = node.open("d")) {
            enterSession();
            door.write(ByteBuffer.wrap(new byte[SIZE]), 0);
        }
        assertThat(steps).contains("append [1, 3-4, 10]: 2, 4, 5, 11");
        assertThat(log.lastByte).isZero();
    }

    @Test
    void whatIsHeldOrNotWantedIsNotRead() throws IOException {
        log.wanted = List.of();
        try (BlockDevice door = node.open("d")) {
            enterSession();
            door.write(ByteBuffer.wrap(new byte[SIZE]), 0);
        }
        assertThat(steps).startsWith("changed 0-10", "missing 0-10").noneMatch(step -> step.startsWith("append"));
    }

    /** The second run begins in one call, and ends in the next but one. */
    @Test
    void aLongWriteIsLoggedAMebibyteAtATime() throws IOException {
        int blocks = 3 * NodeLog.MAX_RECORD_BYTES / BLOCK;
        byte[] content = new byte[blocks * BLOCK];
        for (int i = 0; i < blocks; i++) {
            content[i * BLOCK] = (byte) (i % 100);
        }
        Files.write(folder.resolve("disk"), content);
        log.wanted = List.of(new BlockRun(0, 10), new BlockRun(20, blocks - 20));
        try (BlockDevice door = node.open("d")) {
            enterSession();
            door.write(ByteBuffer.wrap(new byte[blocks * BLOCK]), 0);
        }
        int most = NodeLog.MAX_RECORD_BYTES / BLOCK;
        assertThat(steps.stream()
                        .filter(step -> step.startsWith("append"))
                        .map(step -> step.substring(0, step.indexOf(':'))))
                .containsExactly(
                        "append [0-9, 20-" + (most + 9) + "]",
                        "append [" + (most + 10) + "-" + (2 * most + 9) + "]",
                        "append [" + (2 * most + 10) + "-" + (blocks - 1) + "]");
        String images = String.join(
                ", ",
                steps.stream()
                        .filter(step -> step.startsWith("append"))
                        .map(step -> step.substring(step.indexOf(':') + 2))
                        .toList());
        assertThat(images)
                .isEqualTo(IntStream.range(0, blocks)
                        .filter(block -> block < 10 || block >= 20)
                        .mapToObj(block -> Integer.toString(block % 100))
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void aGuestsWriteDoesNotFailBecauseOfABackup() throws IOException {
        log.failure = new IOException("log medium full");
        try (BlockDevice door = node.open("d")) {
            enterSession();
            door.write(ByteBuffer.wrap(new byte[] {99}), 0);
        }
        assertThat(steps).contains("unlogged 0");
        assertThat(Files.readAllBytes(folder.resolve("disk"))[0]).isEqualTo((byte) 99);
    }

    @Test
    void aWriteOutsideTheDiskIsRefusedBeforeAnythingHappens() throws IOException {
        try (BlockDevice door = node.open("d")) {
            assertThatThrownBy(() -> door.write(ByteBuffer.allocate(2), SIZE - 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> door.zero(1, Long.MAX_VALUE)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> door.write(ByteBuffer.allocate(1), -1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(steps).containsExactly("recorder closed", "given back");
        assertThat(Files.size(folder.resolve("disk"))).isEqualTo(SIZE);
    }

    @Test
    void aRemovedNodeCanWriteNoMore() throws IOException {
        try (BlockDevice door = node.open("d")) {
            node.close();
            assertThatThrownBy(() -> door.write(ByteBuffer.allocate(1), 0)).isInstanceOf(NodeGoneException.class);
            assertThatThrownBy(() -> door.read(ByteBuffer.allocate(1), 0)).isInstanceOf(NodeGoneException.class);
        }
        assertThatThrownBy(() -> node.open("d")).isInstanceOf(NodeGoneException.class);
        assertThatThrownBy(() -> node.openForCopy("d")).isInstanceOf(NodeGoneException.class);
    }

    @Test
    void theLastHandleGivesTheDiskBack() throws IOException {
        BlockDevice one = node.open("d");
        BlockDevice two = node.open("d");
        one.close();
        one.close();
        assertThat(steps).isEmpty();
        two.write(ByteBuffer.allocate(1), 0);
        two.close();
        assertThat(steps).contains("given back");
        assertThatThrownBy(() -> two.read(ByteBuffer.allocate(1), 0))
                .isInstanceOf(java.nio.channels.ClosedChannelException.class);
    }

    /** A log that wants everything, and writes down what it is asked and given. */
    private final class RecordingLog implements NodeLog {

        IOException failure;
        /** What is missing of every run; null: all. */
        List<BlockRun> wanted;

        byte lastByte;

        @Override
        public List<BlockRun> missing(BlockRun run) {
            steps.add("missing " + run);
            return wanted == null ? List.of(run) : wanted;
        }

        @Override
        public void append(List<BlockRun> runs, ByteBuffer data) throws IOException {
            assertThat((long) data.remaining())
                    .isEqualTo(runs.stream().mapToLong(BlockRun::count).sum() * BLOCK)
                    .isLessThanOrEqualTo(MAX_RECORD_BYTES);
            if (failure != null) {
                throw failure;
            }
            List<String> firstBytes = new ArrayList<>();
            for (int at = data.position(); at < data.limit(); at += BLOCK) {
                firstBytes.add(Byte.toString(data.get(at)));
            }
            lastByte = data.get(data.limit() - 1);
            steps.add("append " + runs + ": " + String.join(", ", firstBytes));
        }

        @Override
        public void unlogged(BlockRun run, Throwable cause) {
            steps.add("unlogged " + run);
        }

        @Override
        public LogReceipt complete() {
            return new LogReceipt("n1", 7, 0, true);
        }

        @Override
        public LogReceipt lost() {
            throw new UnsupportedOperationException();
        }

        LogSession session() {
            return new LogSession() {

                @Override
                public String disk() {
                    return "d";
                }

                @Override
                public NodeLog join(LoggingNode node) {
                    return RecordingLog.this;
                }

                @Override
                public BlockDevice viewInstant(BlockDevice device) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void narrow(BlockSet wanted) {}

                @Override
                public List<BlockRun> toCopy(BlockRun run) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void copied(BlockRun run) {}

                @Override
                public LogSummary complete(List<LogReceipt> receipts) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void fail(String reason, Throwable cause) {}

                @Override
                public void check() {}

                @Override
                public void close() {}
            };
        }
    }

    /** Answers a call of an interface. */
    private interface Answer {
        Object to(String method, Object[] args) throws IOException;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answer.to(method.getName(), args)));
    }
}
