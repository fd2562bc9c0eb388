package org.hikae.block.inplace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.hikae.api.block.BlockDevice;
import org.hikae.block.tracking.CrashingStorage.Crash;

/**
 * A disk in memory that loses power at a step of its choice: of what was not forced, an accidental part is left. It can also
 * fail to write or to force. Thread-safe; everybody opens a handle of his own.
 */
final class CrashingDisk {

    /** Bytes written at a place. */
    private record Write(int position, byte[] bytes) {}

    final int blockSize;
    volatile boolean failsToWrite;
    volatile boolean failsToForce;
    int dieAt = Integer.MAX_VALUE;
    int steps;
    int failedForces;

    private byte[] durable;
    private byte[] cached;
    private final List<Write> writes = new ArrayList<>();

    CrashingDisk(byte[] content, int blockSize) {
        this.durable = content.clone();
        this.cached = content.clone();
        this.blockSize = blockSize;
    }

    /** What the operating system would read now. */
    synchronized byte[] content() {
        return cached.clone();
    }

    /** The disk after the power is back. */
    synchronized CrashingDisk crash(RandomGenerator random) {
        byte[] left = durable.clone();
        for (Write write : writes) {
            int length =
                    switch (random.nextInt(3)) {
                        case 0 -> 0;
                        case 1 -> write.bytes.length;
                        default -> random.nextInt(write.bytes.length + 1);
                    };
            System.arraycopy(write.bytes, 0, left, write.position, length);
        }
        return new CrashingDisk(left, blockSize);
    }

    private void step() {
        if (steps++ >= dieAt) {
            throw new Crash();
        }
    }

    private synchronized void change(byte[] bytes, long offset) throws IOException {
        step();
        if (failsToWrite) {
            throw new IOException("input/output error");
        }
        writes.add(new Write((int) offset, bytes));
        System.arraycopy(bytes, 0, cached, (int) offset, bytes.length);
        step();
    }

    private synchronized void makeDurable() throws IOException {
        step();
        if (failsToForce) {
            failedForces++;
            throw new IOException("input/output error");
        }
        durable = cached.clone();
        writes.clear();
        step();
    }

    private synchronized void fill(ByteBuffer dst, long offset) {
        dst.put(cached, (int) offset, dst.remaining());
    }

    private synchronized long seek(long offset, boolean data) {
        for (long at = offset; at < cached.length; at = Math.min(cached.length, (at / blockSize + 1) * blockSize)) {
            if (isZero((int) (at / blockSize)) != data) {
                return at;
            }
        }
        return cached.length;
    }

    private boolean isZero(int block) {
        int from = block * blockSize;
        byte[] bytes = Arrays.copyOfRange(cached, from, Math.min(cached.length, from + blockSize));
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    BlockDevice open(boolean readOnly) {
        return new Handle(readOnly);
    }

    private final class Handle implements BlockDevice {

        private final boolean readOnly;
        private volatile boolean closed;

        Handle(boolean readOnly) {
            this.readOnly = readOnly;
        }

        private void check(long offset, long length) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            Objects.checkFromIndexSize(offset, length, size());
        }

        @Override
        public long size() {
            return cached.length;
        }

        @Override
        public int blockSize() {
            return blockSize;
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            check(offset, dst.remaining());
            fill(dst, offset);
        }

        @Override
        public void write(ByteBuffer src, long offset) throws IOException {
            check(offset, src.remaining());
            byte[] bytes = new byte[src.remaining()];
            src.get(bytes);
            change(bytes, offset);
        }

        @Override
        public void zero(long offset, long length) throws IOException {
            check(offset, length);
            change(new byte[(int) length], offset);
        }

        @Override
        public void force() throws IOException {
            check(0, 0);
            makeDurable();
        }

        @Override
        public boolean readOnly() {
            return readOnly;
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

        @Override
        public void close() {
            closed = true;
        }
    }
}
