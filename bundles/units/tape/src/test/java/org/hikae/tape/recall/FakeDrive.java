package org.hikae.tape.recall;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongBinaryOperator;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.NoCartridgeException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.RecordLengthException;
import org.hikae.api.tape.spi.RecordLimits;
import org.hikae.api.tape.spi.TapeAlert;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.api.tape.spi.Written;

/** A drive for {@link FakeTape}s, which takes simulated time, and fails when it is told to. */
final class FakeDrive implements TapeDrive {

    static final long JUMP_NANOS = 3_000_000_000L;
    static final long RECORD_NANOS = 650_000L;

    /** What happens before each operation. */
    interface Hook {
        void run(FakeDrive drive, String operation) throws IOException;
    }

    final int number;
    final AtomicLong clock;
    final AtomicLong jumps = new AtomicLong();
    final AtomicLong records = new AtomicLong();
    /** How many reads fail from now on. */
    final AtomicInteger failing = new AtomicInteger();

    volatile Hook hook = (drive, operation) -> {};
    /** Nanoseconds from one position to another, beside {@link #JUMP_NANOS}. */
    volatile LongBinaryOperator travel = (from, to) -> Math.abs(to - from) * 100_000L;

    volatile boolean deaf;
    volatile FakeTape tape;
    private long position;
    private boolean cancelled;
    private boolean busy;

    FakeDrive(int number, AtomicLong clock) {
        this.number = number;
        this.clock = clock;
    }

    void put(FakeTape next) {
        tape = next;
        position = 0;
    }

    private void begin(String operation) throws IOException {
        synchronized (this) {
            busy = true;
            cancelled = false;
        }
        hook.run(this, operation);
        if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("drive " + number + " failed");
        }
        if (tape == null) {
            throw new NoCartridgeException("no cartridge is in drive " + number);
        }
    }

    /** Waits until it is cancelled. */
    synchronized void hang() throws IOException {
        try {
            while (!cancelled) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new InterruptedIOException("cancelled");
    }

    @Override
    public synchronized void cancel() {
        cancelled = busy;
        notifyAll();
    }

    @Override
    public ReadRecords read(List<ByteBuffer> into) throws IOException {
        begin("read");
        int count = 0;
        for (ByteBuffer buffer : into) {
            if (position == tape.end()) {
                return new ReadRecords(count, ReadRecords.End.DATA);
            }
            byte[] record = tape.at(position++);
            if (record == null) {
                return new ReadRecords(count, ReadRecords.End.FILEMARK);
            }
            if (tape.bad.contains(position - 1) || deaf) {
                throw new TapeMediumException("the record at position " + (position - 1) + " is damaged");
            }
            if (record.length > buffer.remaining()) {
                throw new RecordLengthException("a record of " + record.length + " bytes");
            }
            buffer.put(record).flip();
            clock.addAndGet(RECORD_NANOS);
            records.incrementAndGet();
            count++;
        }
        return new ReadRecords(count, ReadRecords.End.NONE);
    }

    @Override
    public void locate(long target) throws IOException {
        begin("locate");
        jumps.incrementAndGet();
        clock.addAndGet(JUMP_NANOS + travel.applyAsLong(position, target));
        if (target > tape.end()) {
            position = tape.end();
            throw new EndOfDataException("the data ends at " + position);
        }
        position = target;
    }

    @Override
    public long position() throws IOException {
        begin("position");
        return position;
    }

    @Override
    public String description() {
        return "drive " + number;
    }

    @Override
    public RecordLimits limits() {
        return new RecordLimits(1, 1 << 24, 1);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.LOCATE);
    }

    @Override
    public boolean isLoaded() {
        return tape != null;
    }

    @Override
    public void load() {
        position = 0;
    }

    @Override
    public void unload() {
        position = 0;
    }

    @Override
    public boolean isWriteProtected() {
        return true;
    }

    @Override
    public void rewind() {
        position = 0;
    }

    @Override
    public Written write(List<ByteBuffer> written) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeFilemarks(int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long settled() {
        return 0;
    }

    @Override
    public long spaceFilemarks(long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long spaceRecords(long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void spaceToEnd() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void compress(boolean on) {}

    @Override
    public List<TapeAlert> alerts() {
        return List.of();
    }

    @Override
    public void close() {}
}
