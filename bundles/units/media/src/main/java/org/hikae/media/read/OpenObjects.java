package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;

/** The objects of a generation, a bounded number of them open at a time. Thread-safe. */
final class OpenObjects implements Closeable {

    private static final int MAX_OPEN = 64;

    /** An object that is open. The fields are guarded by the {@link OpenObjects}. */
    private static final class Entry {
        private final ObjectReader reader;
        private int users;

        Entry(ObjectReader reader) {
            this.reader = reader;
        }
    }

    /** An object and where it lies. */
    record Place(Medium medium, String name) {}

    private final List<Place> places;
    /** By number, the least recently used first; guarded by this. */
    private final Map<Integer, Entry> open = new LinkedHashMap<>(16, 0.75f, true);

    private boolean closed;

    OpenObjects(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /** Fills the buffer with the bytes of an object from a position on. */
    void read(int object, ByteBuffer dst, long position) throws IOException {
        Entry entry = acquire(object);
        try {
            entry.reader.read(dst, position);
        } finally {
            release(entry);
        }
    }

    private synchronized Entry acquire(int object) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        Entry entry = open.get(object);
        if (entry == null) {
            makeRoom();
            Place place = places.get(object);
            entry = new Entry(place.medium().open(place.name()));
            open.put(object, entry);
        }
        entry.users++;
        return entry;
    }

    private synchronized void release(Entry entry) {
        entry.users--;
    }

    private void makeRoom() throws IOException {
        if (open.size() < MAX_OPEN) {
            return;
        }
        for (Map.Entry<Integer, Entry> candidate : open.entrySet()) {
            if (candidate.getValue().users == 0) {
                open.remove(candidate.getKey());
                candidate.getValue().reader.close();
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        List<Entry> entries;
        synchronized (this) {
            closed = true;
            entries = new ArrayList<>(open.values());
            open.clear();
        }
        IOException failure = null;
        for (Entry entry : entries) {
            try {
                entry.reader.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
