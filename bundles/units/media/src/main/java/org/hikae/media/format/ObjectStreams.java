package org.hikae.media.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.io.BufferPool;

/** Objects as streams that make a hash of everything that passes. */
public final class ObjectStreams {

    private static final BufferPool POOL = new BufferPool(1 << 18, 4);

    private ObjectStreams() {}

    /** Writes into an object; closing it neither commits nor closes the object. */
    public static final class Out extends OutputStream {

        private final ObjectWriter writer;
        private final MessageDigest digest = Sha256.begin();
        /** Counted here: what a driver says of an object that it has committed is its own affair. */
        private long length;

        public Out(ObjectWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            digest.update(bytes, offset, count);
            writer.write(ByteBuffer.wrap(bytes, offset, count));
            length += count;
        }

        /** The object as it was written; no more is written. */
        public ObjectRef end(String name) {
            return new ObjectRef(name, length, Sha256.end(digest));
        }
    }

    /** Reads an object; closing it does not close the object. */
    public static final class In extends InputStream {

        private final ObjectReader reader;
        private final MessageDigest digest = Sha256.begin();
        private ByteBuffer buffer = POOL.take().limit(0);
        private long next;

        public In(ObjectReader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int n = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, n);
            return n;
        }

        private boolean fill() throws IOException {
            if (!buffer.hasRemaining()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), reader.length() - next));
                int n = buffer.remaining();
                reader.read(buffer, next);
                next += n;
                buffer.flip();
                digest.update(buffer.duplicate());
            }
            return buffer.hasRemaining();
        }

        @Override
        public void close() {
            if (buffer != null) {
                POOL.give(buffer);
                buffer = null;
            }
        }

        /** Reads what is left, and gives the hash over all. */
        public String end() throws IOException {
            do {
                buffer.position(buffer.limit());
            } while (fill());
            return Sha256.end(digest);
        }
    }
}
