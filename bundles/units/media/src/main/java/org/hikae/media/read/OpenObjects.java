package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.media.spi.ObjectReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of all generations that are read, a bounded number of them open at a time. Thread-safe; no lock that others
 * need is held while a medium works, so that a medium that hangs holds up its own readers alone.
 */
final class OpenObjects {

    private static final Logger LOG = LoggerFactory.getLogger(OpenObjects.class);
    private static final int MAX_OPEN = 256;

    private record Key(ObjectSet set, int number) {}

    /** An object that is open, or about to be. */
    private static final class Entry {

        private final ObjectSet.Place place;
        /** Null until it is opened; guarded by this entry. */
        private ObjectReader reader;
        /** Guarded by the {@link OpenObjects}, as {@link #removed}. */
        private int users;

        private boolean removed;

        Entry(ObjectSet.Place place) {
            this.place = place;
        }

        synchronized ObjectReader reader() throws IOException {
            if (reader == null) {
                reader = place.medium().open(place.name());
            }
            return reader;
        }

        /** Nobody uses it any more, and nobody will. */
        synchronized void close() {
            try {
                if (reader != null) {
                    reader.close();
                }
            } catch (IOException e) {
                LOG.debug("{} did not close well", place.name(), e);
            }
        }
    }

    /** The least recently used first; guarded by this. */
    private final Map<Key, Entry> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Fills the buffer with the bytes of an object from a position on. */
    void read(ObjectSet set, int number, ByteBuffer dst, long position) throws IOException {
        List<Entry> unused = new ArrayList<>();
        Entry entry = acquire(set, number, unused);
        unused.forEach(Entry::close);
        try {
            entry.reader().read(dst, position);
        } finally {
            release(entry);
        }
    }

    private synchronized Entry acquire(ObjectSet set, int number, List<Entry> unused) throws IOException {
        if (set.isClosed()) {
            throw new ClosedChannelException();
        }
        Key key = new Key(set, number);
        Entry entry = open.get(key);
        if (entry == null) {
            makeRoom(unused);
            entry = new Entry(set.place(number));
            open.put(key, entry);
        }
        entry.users++;
        return entry;
    }

    private void makeRoom(List<Entry> unused) {
        Iterator<Entry> oldest = open.values().iterator();
        while (open.size() >= MAX_OPEN && oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.users == 0) {
                oldest.remove();
                unused.add(entry);
            }
        }
    }

    private void release(Entry entry) {
        boolean last;
        synchronized (this) {
            entry.users--;
            last = entry.removed && entry.users == 0;
        }
        if (last) {
            entry.close();
        }
    }

    /** Closes the objects of a set; those that are being read, when that has ended. Nothing of it is read any more. */
    void close(ObjectSet set) {
        List<Entry> unused = new ArrayList<>();
        synchronized (this) {
            set.markClosed();
            Iterator<Map.Entry<Key, Entry>> entries = open.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<Key, Entry> each = entries.next();
                if (each.getKey().set() == set) {
                    Entry entry = each.getValue();
                    entries.remove();
                    entry.removed = true;
                    if (entry.users == 0) {
                        unused.add(entry);
                    }
                }
            }
        }
        unused.forEach(Entry::close);
    }
}
