package org.hikae.media.testing;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.media.spi.ObjectReader;

/** Reads an object that is in memory. */
class MemoryReader implements ObjectReader {

    private final String name;
    private final byte[] bytes;
    private final MemoryDriver.Fault fault;

    /** @param fault asked before each read */
    MemoryReader(String name, byte[] bytes, MemoryDriver.Fault fault) {
        this.name = name;
        this.bytes = bytes;
        this.fault = fault;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void read(ByteBuffer dst, long position) throws IOException {
        fault.step("read " + name);
        if (position + dst.remaining() > bytes.length) {
            throw new EOFException(name);
        }
        dst.put(bytes, (int) position, dst.remaining());
    }

    @Override
    public void close() {}
}
