package org.hikae.logcentral;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;

/** A session that counts, and remembers that it failed. */
class FakeSession implements LogGathering.Session {

    static final int BLOCK = 512;

    final AtomicLong numbers = new AtomicLong();
    final AtomicReference<IOException> failure = new AtomicReference<>();
    private final Overload overload;

    FakeSession() {
        this(Overload.FAIL_BACKUP);
    }

    FakeSession(Overload overload) {
        this.overload = overload;
    }

    static LoggingNode node(String name) {
        return new LoggingNode(name, 1, Path.of("none"));
    }

    static ByteBuffer image(BlockRun run, int value) {
        ByteBuffer data = ByteBuffer.allocate((int) run.count() * BLOCK);
        while (data.hasRemaining()) {
            data.put((byte) value);
        }
        return data.flip();
    }

    /** The gathering of this session. */
    CentralGatherer open(LogSink sink) {
        CentralGatherer gatherer = new CentralGatherer(this, sink, closed -> {});
        gatherer.start();
        return gatherer;
    }

    @Override
    public String disk() {
        return "data";
    }

    @Override
    public int blockSize() {
        return BLOCK;
    }

    @Override
    public long nextNumber() {
        return numbers.incrementAndGet();
    }

    @Override
    public boolean hasFailed() {
        return failure.get() != null;
    }

    @Override
    public void failed(IOException cause) {
        failure.compareAndSet(null, cause);
    }

    @Override
    public Overload overload() {
        return overload;
    }

    @Override
    public Patience patience() {
        return Patience.NONE;
    }
}
