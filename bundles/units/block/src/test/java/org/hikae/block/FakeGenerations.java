package org.hikae.block;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.block.BlockSet;
import org.hikae.api.block.ReadOnlyBlockDevice;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;

/** Generations in memory, on a medium that can be away. */
final class FakeGenerations {

    final Map<String, List<String>> holds = new TreeMap<>();
    final List<String> calls = new ArrayList<>();
    volatile boolean away;
    /** A block that cannot be read; -1 if there is none. */
    volatile long damaged = -1;

    /** Of what is added from now on; null: the whole disk. */
    GenerationGroup group;

    /** Null, or what is waited for before a generation is opened or read. */
    volatile CountDownLatch hung;

    int open;

    private final Map<String, Stored> stored = new HashMap<>();

    private record Stored(GenerationInfo info, byte[] content) {}

    void add(String id, UUID disk, String format, String mark, int blockSize, byte[] content) {
        String[] parts = id.split("@");
        long blocks = (content.length - 1) / blockSize + 1;
        stored.put(
                id,
                new Stored(
                        new GenerationInfo(
                                id,
                                parts[0],
                                disk,
                                Long.parseLong(parts[1]),
                                "full",
                                null,
                                mark,
                                group,
                                null,
                                Instant.parse("2026-11-05T12:00:00Z"),
                                content.length,
                                blockSize,
                                format,
                                blocks,
                                blocks,
                                content.length,
                                content.length,
                                0,
                                "packed",
                                "medium",
                                "m",
                                "m",
                                0,
                                null),
                        content));
    }

    Generations service() {
        return (Generations) Proxy.newProxyInstance(
                Generations.class.getClassLoader(),
                new Class<?>[] {Generations.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    private void await() throws IOException {
        CountDownLatch answers = hung;
        try {
            if (answers != null) {
                answers.await();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Object answer(String method, Object[] arguments) throws IOException {
        if (method.equals("open")) {
            await();
        }
        return answerNow(method, arguments);
    }

    private synchronized Object answerNow(String method, Object[] arguments) throws IOException {
        switch (method) {
            case "get" -> {
                return find((String) arguments[0]).info;
            }
            case "open" -> {
                open++;
                return new Reader(find((String) arguments[0]));
            }
            case "hold" -> {
                calls.add("hold " + arguments[0]);
                holds.computeIfAbsent((String) arguments[0], id -> new ArrayList<>())
                        .add((String) arguments[1]);
            }
            case "release" -> {
                calls.add("release " + arguments[0]);
                holds.getOrDefault((String) arguments[0], new ArrayList<>()).remove((String) arguments[1]);
                holds.values().removeIf(List::isEmpty);
            }
            case "holds" -> {
                Map<String, List<String>> copy = new TreeMap<>();
                holds.forEach((id, holders) -> copy.put(id, List.copyOf(holders)));
                return copy;
            }
            case "hashCode" -> {
                return System.identityHashCode(this);
            }
            default -> throw new UnsupportedOperationException(method);
        }
        return null;
    }

    private Stored find(String id) throws IOException {
        if (away) {
            throw new IOException("medium 'm' cannot be used: it is away");
        } else if (!stored.containsKey(id)) {
            throw new IOException("there is no generation " + id);
        }
        return stored.get(id);
    }

    private final class Reader implements GenerationReader, ReadOnlyBlockDevice {

        private final Stored generation;
        private volatile boolean closed;

        Reader(Stored generation) {
            this.generation = generation;
        }

        @Override
        public GenerationInfo info() {
            return generation.info;
        }

        @Override
        public Optional<FileSystem> openMeta() {
            return Optional.empty();
        }

        @Override
        public BlockSet set() {
            return BlockSet.range(0, generation.info.blocks());
        }

        @Override
        public BlockSet storedSince(String ancestor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double generationsAsked() {
            return 1;
        }

        @Override
        public long size() {
            return generation.content.length;
        }

        @Override
        public int blockSize() {
            return generation.info.blockSize();
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            await();
            long end = offset + dst.remaining();
            if (closed) {
                throw new ClosedChannelException();
            } else if (damaged >= 0 && offset < (damaged + 1) * blockSize() && end > damaged * blockSize()) {
                throw new IOException("frame 3 does not match its checksum");
            }
            dst.put(generation.content, (int) offset, dst.remaining());
        }

        @Override
        public void close() {
            synchronized (FakeGenerations.this) {
                open -= closed ? 0 : 1;
                closed = true;
            }
        }
    }
}
