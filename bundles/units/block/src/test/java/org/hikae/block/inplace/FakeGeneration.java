package org.hikae.block.inplace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.ReadOnlyBlockDevice;

/** A generation in memory, which can be away or damaged in part. Thread-safe. */
final class FakeGeneration {

    static final UUID DISK = new UUID(1, 2);
    static final Instant NOON = Instant.parse("2026-11-05T12:00:00Z");

    final byte[] content;
    final int blockSize;
    final Set<Integer> damaged = ConcurrentHashMap.newKeySet();
    volatile boolean away;
    volatile int open;

    FakeGeneration(byte[] content, int blockSize) {
        this.content = content;
        this.blockSize = blockSize;
    }

    InPlaceState.Generation identity() {
        return new InPlaceState.Generation("d@7", DISK, NOON, content.length);
    }

    /** It stands in for disk {@code d}, and nothing was written or brought back yet. */
    InPlaceState mounted(UUID mount) {
        return new InPlaceState(mount, DISK, "d", "/d", identity(), "raw", blockSize, true, false, false, 0, 0);
    }

    /** What is seen of a disk while it stands in for it: the rest of its last block is zeros. */
    byte[] over(byte[] disk) {
        byte[] seen = disk.clone();
        int end = Math.min(disk.length, (content.length + blockSize - 1) / blockSize * blockSize);
        Arrays.fill(seen, 0, end, (byte) 0);
        System.arraycopy(content, 0, seen, 0, content.length);
        return seen;
    }

    /** Blocks of few values, zeros among them. */
    static byte[] content(RandomGenerator random, int length, int blockSize) {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; at += blockSize) {
            byte value = (byte) (random.nextInt(3) == 0 ? 0 : random.nextInt());
            Arrays.fill(bytes, at, Math.min(length, at + blockSize), value);
        }
        return bytes;
    }

    synchronized BlockDevice open() throws IOException {
        if (away) {
            throw new IOException("medium 'm' is away");
        }
        open++;
        return new Reader();
    }

    private synchronized void closed() {
        open--;
    }

    private boolean isZero(long block) {
        int end = (int) Math.min(content.length, (block + 1) * blockSize);
        for (int at = (int) block * blockSize; at < end; at++) {
            if (content[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private final class Reader implements ReadOnlyBlockDevice {

        private volatile boolean closed;

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public int blockSize() {
            return blockSize;
        }

        private void check(long offset, long length) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            Objects.checkFromIndexSize(offset, length, content.length);
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            check(offset, dst.remaining());
            for (long block = offset / blockSize; block * blockSize < offset + dst.remaining(); block++) {
                if (damaged.contains((int) block)) {
                    throw new IOException("block " + block + " does not match its checksum");
                }
            }
            dst.put(content, (int) offset, dst.remaining());
        }

        @Override
        public long nextData(long offset) throws IOException {
            check(offset, 0);
            return seek(offset, true);
        }

        @Override
        public long nextHole(long offset) throws IOException {
            check(offset, 0);
            return seek(offset, false);
        }

        private long seek(long offset, boolean data) {
            long at = offset;
            while (at < content.length && isZero(at / blockSize) == data) {
                at = (at / blockSize + 1) * blockSize;
            }
            return Math.min(at, content.length);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                closed();
            }
        }
    }
}
