package org.hikae.files.client.restore;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Versions one after the other, in a file: there may be millions. First they are added, then they are read. Not thread-safe. */
final class FoundList implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final Spool spool;
    private final FoundCodec codec;
    private long size;

    FoundList(Path folder, FoundCodec codec) throws IOException {
        spool = new Spool(folder);
        this.codec = codec;
    }

    /** How they are stored: others can be put aside with it. */
    FoundCodec codec() {
        return codec;
    }

    void add(Found found) throws IOException {
        codec.write(spool.out(), found);
        size++;
    }

    long size() {
        return size;
    }

    /** Gives versions, one after the other. */
    @FunctionalInterface
    interface Cursor {
        /** Null behind the last. */
        Found next() throws IOException;
    }

    /** All, from the first on. */
    Cursor read() throws IOException {
        DataInputStream in = spool.read(0, spool.written(), BUFFER);
        long[] left = {size};
        return () -> left[0]-- > 0 ? codec.read(in) : null;
    }

    /** The first one; null: there is none. */
    Found first() throws IOException {
        return read().next();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
