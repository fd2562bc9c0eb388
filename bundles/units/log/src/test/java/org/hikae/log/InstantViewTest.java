package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.Overload;
import org.junit.jupiter.api.Test;

/** R3: what is read of the disk of T0 while writers go on. */
class InstantViewTest {

    private static final int BLOCK = 512;
    private static final int BLOCKS = 40;
    /** The last block is a short one. */
    private static final int SIZE = BLOCKS * BLOCK - 100;

    /** The disk, which the test's writers change under its lock, block by block. */
    private final byte[] content = new byte[SIZE];

    private final BlockDevice device = (BlockDevice) Proxy.newProxyInstance(
            BlockDevice.class.getClassLoader(),
            new Class<?>[] {BlockDevice.class},
            (proxy, method, args) -> switch (method.getName()) {
                case "read" -> {
                    readDevice((ByteBuffer) args[0], (Long) args[1]);
                    yield null;
                }
                case "size" -> (long) SIZE;
                case "blockSize" -> BLOCK;
                default -> null;
            });

    private static Session begin() throws IOException {
        return new FakeStrategy().begin(BlockSet.range(0, BLOCKS), Overload.FAIL_BACKUP);
    }

    private void readDevice(ByteBuffer dst, long offset) {
        synchronized (content) {
            dst.put(content, (int) offset, dst.remaining());
        }
    }

    /** As the door does it: what is missing is read and logged, then the blocks are written. */
    private void write(NodeLog log, BlockRun run, byte letter) throws IOException {
        for (BlockRun missing : log.missing(run)) {
            ByteBuffer image = ByteBuffer.allocate((int) missing.count() * BLOCK);
            int from = (int) missing.first() * BLOCK;
            synchronized (content) {
                image.put(content, from, Math.min(image.remaining(), SIZE - from));
            }
            log.append(List.of(missing), image.clear());
        }
        for (int i = (int) run.first() * BLOCK; i < Math.min(SIZE, run.end() * BLOCK); i += BLOCK) {
            synchronized (content) {
                Arrays.fill(content, i, Math.min(SIZE, i + BLOCK), letter);
            }
        }
    }

    private static BlockRun anyRun(Random random) {
        int first = random.nextInt(BLOCKS);
        return new BlockRun(first, 1 + random.nextInt(BLOCKS - first));
    }

    private static void assertSame(BlockDevice view, byte[] atT0, Random random) throws IOException {
        int from = random.nextInt(SIZE);
        int length = random.nextInt(SIZE - from) + 1;
        ByteBuffer read = ByteBuffer.allocate(length + 7).position(3).limit(3 + length);
        view.read(read, from);
        assertThat(read.hasRemaining()).isFalse();
        assertThat(Arrays.mismatch(read.array(), 3, 3 + length, atT0, from, from + length))
                .as("where the %d bytes from %d differ", length, from)
                .isEqualTo(-1);
        assertThat(read.get(1)).isZero();
    }

    @Property(tries = 300)
    void itIsTheDiskOfT0WhateverIsWritten(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        random.nextBytes(content);
        byte[] atT0 = content.clone();
        Session session = begin();
        try (BlockDevice view = session.viewInstant(device)) {
            List<NodeLog> nodes =
                    List.of(session.join(FakeStrategy.node("n1", 1)), session.join(FakeStrategy.node("n2", 2)));
            for (int i = 0; i < 20; i++) {
                write(nodes.get(random.nextInt(2)), anyRun(random), (byte) i);
                assertSame(view, atT0, random);
            }
        }
    }

    @Test
    void writersDoNotWaitForIt() throws Exception {
        new Random(1).nextBytes(content);
        byte[] atT0 = content.clone();
        Session session = begin();
        try (BlockDevice view = session.viewInstant(device)) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                NodeLog log = session.join(FakeStrategy.node("n" + i, i));
                Random random = new Random(i);
                writers.add(CompletableFuture.runAsync(() -> writeOften(log, random)));
            }
            Random random = new Random(9);
            for (int i = 0; i < 300; i++) {
                assertSame(view, atT0, random);
            }
            for (CompletableFuture<Void> writer : writers) {
                writer.get(30, TimeUnit.SECONDS);
            }
            assertSame(view, atT0, random);
        }
    }

    private void writeOften(NodeLog log, Random random) {
        try {
            for (int i = 0; i < 500; i++) {
                write(log, anyRun(random), (byte) i);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNotWantedIsLoggedNoMore() throws IOException {
        Session session = begin();
        NodeLog log = session.join(FakeStrategy.node("n1", 1));
        session.viewInstant(device).close();
        session.narrow(BlockSet.of(new BlockRun(5, 2), new BlockRun(20, 1)));
        assertThat(log.missing(new BlockRun(0, BLOCKS))).containsExactly(new BlockRun(5, 2), new BlockRun(20, 1));
        write(log, new BlockRun(5, 1), (byte) 1);
    }

    /** Writers go on unlogged then: the view may show what they write, so it shows nothing. */
    @Test
    void ofAFailedSessionNothingIsRead() throws IOException {
        Session session = begin();
        NodeLog log = session.join(FakeStrategy.node("n1", 1));
        try (BlockDevice view = session.viewInstant(device)) {
            log.unlogged(new BlockRun(0, 1), new IOException("disk error"));
            assertThatThrownBy(() -> view.read(ByteBuffer.allocate(10), 0)).hasMessageContaining("disk error");
        }
    }
}
