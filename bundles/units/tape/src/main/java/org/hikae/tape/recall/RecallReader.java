package org.hikae.tape.recall;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.HashSet;
import java.util.Set;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.io.Buffers;

/** An object that is on tape. Closing ends the reads that wait. */
final class RecallReader implements ObjectReader {

    /** Number of slots that one read asks for together. */
    private static final int TOGETHER = 16;

    private final Source source;
    private final Slots slots;
    private final Fetches fetches;
    private final int slotBytes;
    private final Streams streams;
    private final ReadAhead readAhead;
    /** Reads that are under way; guarded by this, as {@link #closed}. */
    private final Set<ReadWait> waits = new HashSet<>();

    private boolean closed;
    private final Runnable ended;

    /** @param ended told once when it is closed */
    RecallReader(
            Source source,
            Slots slots,
            Fetches fetches,
            Streams streams,
            ReadAhead readAhead,
            int slotBytes,
            Runnable ended) {
        this.source = source;
        this.slots = slots;
        this.fetches = fetches;
        this.streams = streams;
        this.readAhead = readAhead;
        this.slotBytes = slotBytes;
        this.ended = ended;
    }

    @Override
    public long length() {
        return source.key().length();
    }

    @Override
    public long nextData(long position) throws IOException {
        if (position < 0 || position > length()) {
            throw new IllegalArgumentException("not within the object: " + position);
        }
        synchronized (this) {
            checkOpen();
        }
        return source.nextData(position);
    }

    @Override
    public void read(ByteBuffer dst, long position) throws IOException {
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        if (position < 0) {
            throw new IllegalArgumentException("not within the object: " + position);
        }
        if (dst.remaining() > length() - position) {
            throw new EOFException("object " + source.key().name() + " has " + length() + " bytes, and "
                    + dst.remaining() + " from " + position + " on were asked for");
        }
        long at = position;
        while (dst.hasRemaining()) {
            long together = (long) TOGETHER * slotBytes - at % slotBytes;
            int length = (int) Math.min(dst.remaining(), together);
            readTogether(dst.slice(dst.position(), length), at);
            dst.position(dst.position() + length);
            at += length;
        }
    }

    private void readTogether(ByteBuffer dst, long position) throws IOException {
        ReadWait wait = new ReadWait(fetches);
        synchronized (this) {
            checkOpen();
            waits.add(wait);
        }
        try {
            Stream stream = streams.note(position, dst.remaining());
            ask(wait, dst, position, stream == null);
            if (stream != null) {
                readAhead.go(stream);
            }
            wait.await();
        } finally {
            wait.leave();
            synchronized (this) {
                waits.remove(wait);
            }
        }
    }

    private void ask(ReadWait wait, ByteBuffer dst, long position, boolean keep) {
        int done = 0;
        while (done < dst.limit()) {
            long at = position + done;
            int offset = (int) (at % slotBytes);
            int length = Math.min(dst.limit() - done, slotBytes - offset);
            ByteBuffer part = dst.slice(done, length);
            SlotKey key = new SlotKey(source.key(), at / slotBytes);
            if (source.parts(at, at + length).isEmpty()) {
                zero(part);
            } else if (!slots.read(key, offset, part)) {
                wait.ask(source, key, offset, part, keep);
            }
            done += length;
        }
    }

    private static void zero(ByteBuffer part) {
        while (part.hasRemaining()) {
            ByteBuffer zeros = Buffers.zeros();
            part.put(zeros.limit(Math.min(zeros.limit(), part.remaining())));
        }
    }

    /** By one who holds the monitor. */
    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() {
        Set<ReadWait> now;
        boolean first;
        synchronized (this) {
            first = !closed;
            closed = true;
            now = Set.copyOf(waits);
        }
        now.forEach(wait -> wait.end(new AsynchronousCloseException()));
        readAhead.close();
        streams.close();
        if (first) {
            ended.run();
        }
    }
}
