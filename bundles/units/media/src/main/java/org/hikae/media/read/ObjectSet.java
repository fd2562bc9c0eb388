package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.media.spi.Medium;

/** The objects that a generation or its log lies in, by number. Thread-safe. */
final class ObjectSet implements Closeable {

    /** An object and where it lies. */
    record Place(Medium medium, String name) {}

    private final OpenObjects open;
    private final Medium medium;
    private final List<String> names;
    /** Guarded by {@link #open}. */
    private boolean closed;

    ObjectSet(OpenObjects open, Medium medium, List<String> names) {
        this.open = open;
        this.medium = medium;
        this.names = List.copyOf(names);
    }

    /** Fills the buffer with the bytes of an object from a position on. */
    void read(int number, ByteBuffer dst, long position) throws IOException {
        open.read(this, number, dst, position);
    }

    Place place(int number) {
        return new Place(medium, names.get(number));
    }

    boolean isClosed() {
        return closed;
    }

    void markClosed() {
        closed = true;
    }

    @Override
    public void close() {
        open.close(this);
    }
}
