package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.api.media.tier.BufferSpaces;

/** Room in memory, on media that fail when they are told to. Thread-safe. */
final class FakeSpaces implements BufferSpaces {

    /** Those that are not closed; guarded by this. */
    private final List<Space> opened = new ArrayList<>();

    volatile String usual = "disk";
    /** Why nothing works; null: it does. */
    volatile String broken;

    volatile long most = Long.MAX_VALUE;

    @Override
    public synchronized PlacedWriter open(String medium, long bytes) throws IOException {
        if (broken != null) {
            throw new IOException(broken);
        }
        Space space = new Space(bytes);
        opened.add(space);
        return space;
    }

    @Override
    public String usual() {
        return usual;
    }

    synchronized List<Space> opened() {
        return List.copyOf(opened);
    }

    synchronized Space last() {
        return opened.get(opened.size() - 1);
    }

    synchronized long openNow() {
        return opened.size();
    }

    final class Space implements PlacedWriter {

        private final byte[] bytes;
        volatile boolean closed;
        /** Run before a read. */
        volatile Runnable beforeRead = () -> {};

        Space(long length) {
            bytes = new byte[(int) length];
        }

        private void check() throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            if (broken != null) {
                throw new IOException(broken);
            }
        }

        synchronized void flip(int from, int to) {
            for (int i = from; i < to; i++) {
                bytes[i] ^= 1;
            }
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public synchronized void write(ByteBuffer src, long position) throws IOException {
            check();
            if (position + src.remaining() > most) {
                throw new MediumFullException("no space", null);
            }
            src.get(bytes, (int) position, src.remaining());
        }

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            beforeRead.run();
            synchronized (this) {
                check();
                dst.put(bytes, (int) position, dst.remaining());
            }
        }

        @Override
        public void zero(long position, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void commit() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = true;
            synchronized (FakeSpaces.this) {
                opened.remove(this);
            }
        }
    }
}
