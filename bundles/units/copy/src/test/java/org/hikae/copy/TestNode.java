package org.hikae.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeGoneException;
import org.hikae.api.node.NodeStatistics;

/** A node that reads a test's disk, and can be lost at any step. */
final class TestNode implements Node {

    private final String name;
    private final TestDisk disk;
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    /** At which step it is lost. */
    volatile int lostAt = Integer.MAX_VALUE;

    volatile boolean wasLost;
    /** Called before each read. */
    volatile Runnable beforeRead = () -> {};
    /** Called when a worker has ended with it. */
    volatile Runnable onClose = () -> {};

    TestNode(String name, TestDisk disk) {
        this.name = name;
        this.disk = disk;
    }

    @Override
    public String name() {
        return name;
    }

    int steps() {
        return steps.get();
    }

    int open() {
        return open.get();
    }

    int mostOpen() {
        return mostOpen.get();
    }

    private void step() throws NodeGoneException {
        if (steps.incrementAndGet() > lostAt) {
            wasLost = true;
            throw new NodeGoneException(name);
        }
    }

    /** No step. */
    @Override
    public void check() throws NodeGoneException {
        if (steps.get() > lostAt) {
            wasLost = true;
            throw new NodeGoneException(name);
        }
    }

    @Override
    public BlockDevice openForCopy(String name) throws IOException {
        step();
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return new Source();
    }

    private final class Source implements BlockDevice {

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public int blockSize() {
            return disk.blockSize();
        }

        @Override
        public long nextData(long offset) throws IOException {
            step();
            return disk.nextData(offset);
        }

        @Override
        public long nextHole(long offset) throws IOException {
            step();
            return disk.nextHole(offset);
        }

        /** Two steps: lost before, with nothing read, and after, when what was read is lost. */
        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            beforeRead.run();
            step();
            disk.read(dst, offset);
            step();
        }

        @Override
        public void write(ByteBuffer src, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void zero(long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void force() {}

        @Override
        public boolean readOnly() {
            return true;
        }

        @Override
        public void close() {
            open.decrementAndGet();
            onClose.run();
        }
    }

    @Override
    public long incarnation() {
        return 1;
    }

    @Override
    public BlockDevice open(String disk) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem fileSystem(String disk) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void flush() {}

    @Override
    public NodeStatistics statistics() {
        throw new UnsupportedOperationException();
    }
}
