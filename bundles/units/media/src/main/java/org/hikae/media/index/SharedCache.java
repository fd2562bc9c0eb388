package org.hikae.media.index;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What was used last of everything that is open: bounded in bytes, whatever number of owners there are. Nothing is read
 * while a lock is held; two threads that miss the same both read it. Thread-safe.
 */
public final class SharedCache<V> {

    /** Reads what is not here. */
    public interface Loader<V> {
        V load() throws IOException;
    }

    private record Key(Object owner, int number) {}

    private final long maxBytes;
    private final ToIntFunction<V> size;
    /** The least recently used first; guarded by this. */
    private final Map<Key, V> cached = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /** @param size bytes that a value takes */
    public SharedCache(long maxBytes, ToIntFunction<V> size) {
        this.maxBytes = maxBytes;
        this.size = size;
    }

    /** Part of the memory that Java may take, but no more than is of use. */
    public static long share(long atMost) {
        return Math.min(atMost, Runtime.getRuntime().maxMemory() / 16);
    }

    /** A value, not to be changed. */
    public V get(Object owner, int number, Loader<V> loader) throws IOException {
        V value = find(owner, number);
        if (value == null) {
            value = loader.load();
            put(new Key(owner, number), value);
        }
        return value;
    }

    /** A value if it is here, else null. */
    public synchronized V find(Object owner, int number) {
        return cached.get(new Key(owner, number));
    }

    private synchronized void put(Key key, V value) {
        if (cached.putIfAbsent(key, value) != null) {
            return;
        }
        bytes += size.applyAsInt(value);
        Iterator<V> oldest = cached.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= size.applyAsInt(oldest.next());
            oldest.remove();
        }
    }

    /** Forgets everything of an owner. */
    public synchronized void drop(Object owner) {
        Iterator<Map.Entry<Key, V>> entries = cached.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Key, V> entry = entries.next();
            if (entry.getKey().owner() == owner) {
                bytes -= size.applyAsInt(entry.getValue());
                entries.remove();
            }
        }
    }
}
