package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;

/**
 * A disk whose bytes tell where they are, with holes; it remembers what is read, and fails where a block is read that was
 * published (R7).
 */
final class TestDisk {

    private final long size;
    private final int blockSize;
    /** Where data begins, and where it ends, in bytes. */
    private final TreeMap<Long, Long> data = new TreeMap<>();

    private final BitSet published = new BitSet();
    private final BitSet read = new BitSet();

    TestDisk(long size, int blockSize) {
        this.size = size;
        this.blockSize = blockSize;
    }

    /** Areas that touch become one: what lies at a place does not depend on where one begins to read. */
    TestDisk data(long from, long to) {
        Map.Entry<Long, Long> before = data.floorEntry(from);
        long start = before != null && before.getValue() >= from ? before.getKey() : from;
        NavigableMap<Long, Long> joined = data.subMap(start, true, to, true);
        long end = joined.values().stream().reduce(to, Math::max);
        joined.clear();
        data.put(start, end);
        return this;
    }

    /** A disk without holes. */
    static TestDisk full(long size, int blockSize) {
        return new TestDisk(size, blockSize).data(0, size);
    }

    long size() {
        return size;
    }

    int blockSize() {
        return blockSize;
    }

    long blocks() {
        return (size + blockSize - 1) / blockSize;
    }

    BlockSet all() {
        return BlockSet.range(0, blocks());
    }

    Disk disk() {
        Map<String, Object> answers = Map.of("name", "d", "blockSize", blockSize, "size", size);
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(),
                new Class<?>[] {Disk.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
    }

    long nextData(long offset) {
        Map.Entry<Long, Long> around = data.floorEntry(offset);
        if (around != null && around.getValue() > offset) {
            return offset;
        }
        Long next = data.higherKey(offset);
        return next == null ? size : next;
    }

    long nextHole(long offset) {
        Map.Entry<Long, Long> around = data.floorEntry(offset);
        return around == null ? offset : Math.max(offset, around.getValue());
    }

    /** What lies there; zeros beyond the end. */
    byte[] content(long offset, int length) {
        byte[] bytes = new byte[length];
        long end = Math.min(size, offset + length);
        for (long from = nextData(offset); from < end; from = nextData(nextHole(from))) {
            long dataEnd = Math.min(end, nextHole(from));
            for (long at = from; at < dataEnd; at++) {
                // Never zero, so that a block that was forgotten is found.
                bytes[(int) (at - offset)] = (byte) (1 + (at * 31 + at / 4096) % 255);
            }
        }
        return bytes;
    }

    synchronized void read(ByteBuffer dst, long offset) {
        for (long block = offset / blockSize; block * blockSize < offset + dst.remaining(); block++) {
            assertThat(published.get((int) block))
                    .as("block %s is read once more", block)
                    .isFalse();
            read.set((int) block);
        }
        dst.put(content(offset, dst.remaining()));
    }

    synchronized void publish(BlockRun run) {
        if (run.end() < Integer.MAX_VALUE) {
            published.set((int) run.first(), (int) run.end());
        }
    }

    synchronized boolean wasRead(long block) {
        return read.get((int) block);
    }

    synchronized boolean isPublished(long block) {
        return published.get((int) block);
    }
}
