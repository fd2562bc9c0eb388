package org.hikae.mediadirectory;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.io.FileDevice;

/** A committed object's file, read past the page cache where that is possible: each frame is read once. */
final class DirectoryReader implements ObjectReader {

    private final String name;
    private final FileDevice device;
    private final Failures failures;

    DirectoryReader(String name, FileDevice device, Failures failures) {
        this.name = name;
        this.device = device;
        this.failures = failures;
    }

    @Override
    public long length() {
        return device.size();
    }

    @Override
    public void read(ByteBuffer dst, long position) throws IOException {
        if (position < 0 || position > length() - dst.remaining()) {
            throw new EOFException(name + " has " + length() + " bytes, but " + dst.remaining() + " from " + position
                    + " on are asked for");
        }
        try {
            device.read(dst, position);
        } catch (IOException e) {
            throw failures.explain("read", name, e);
        }
    }

    @Override
    public long nextData(long position) throws IOException {
        try {
            return device.nextData(position);
        } catch (IOException e) {
            throw failures.explain("read", name, e);
        }
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
