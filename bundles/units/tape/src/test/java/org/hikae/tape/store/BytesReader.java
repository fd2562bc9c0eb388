package org.hikae.tape.store;

import java.io.EOFException;
import java.nio.ByteBuffer;
import org.hikae.api.media.spi.ObjectReader;

/** An object in memory, whose zeros of at least a mebibyte are holes. */
public final class BytesReader implements ObjectReader {

    private static final int HOLE = 1 << 20;

    private final byte[] content;

    public BytesReader(byte[] content) {
        this.content = content;
    }

    @Override
    public long length() {
        return content.length;
    }

    @Override
    public void read(ByteBuffer dst, long position) throws EOFException {
        if (position + dst.remaining() > content.length) {
            throw new EOFException();
        }
        dst.put(content, (int) position, dst.remaining());
    }

    @Override
    public long nextData(long position) {
        int at = (int) position;
        while (at < content.length && content[at] == 0) {
            at++;
        }
        return at - position >= HOLE || at == content.length ? at : position;
    }

    @Override
    public void close() {}
}
