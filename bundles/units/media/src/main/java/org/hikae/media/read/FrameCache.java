package org.hikae.media.read;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The blocks of the frames that were used last, so that small reads beside each other cost one frame. All open
 * generations share it: however many there are, it takes no more memory. Thread-safe.
 */
final class FrameCache {

    private static final int MAX_BYTES = 32 << 20;

    /** Where frames come from: one of the generations. */
    @FunctionalInterface
    interface Source {
        /** The blocks of a frame. */
        byte[] read(int frame) throws IOException;
    }

    /** A frame of one of the generations. */
    private record Key(Source source, int frame) {}

    /** The least recently used first; guarded by this. */
    private final Map<Key, byte[]> cached = new LinkedHashMap<>(16, 0.75f, true);

    private int bytes;

    /** The blocks of a frame; not to be changed. Two threads that miss it both read it. */
    byte[] get(Source source, int frame) throws IOException {
        byte[] blocks = find(source, frame);
        if (blocks == null) {
            blocks = source.read(frame);
            put(new Key(source, frame), blocks);
        }
        return blocks;
    }

    /** The blocks of a frame if they are here, else null. */
    synchronized byte[] find(Source source, int frame) {
        return cached.get(new Key(source, frame));
    }

    private synchronized void put(Key key, byte[] blocks) {
        if (cached.putIfAbsent(key, blocks) == null) {
            bytes += blocks.length;
        }
        var oldest = cached.entrySet().iterator();
        while (bytes > MAX_BYTES && oldest.hasNext()) {
            bytes -= oldest.next().getValue().length;
            oldest.remove();
        }
    }

    /** Gives up what it has of a generation, which nobody reads any more. */
    synchronized void forget(Source source) {
        var entries = cached.entrySet().iterator();
        while (entries.hasNext()) {
            var entry = entries.next();
            if (entry.getKey().source() == source) {
                bytes -= entry.getValue().length;
                entries.remove();
            }
        }
    }

    /** Bytes of all the blocks that are here. */
    synchronized int bytes() {
        return bytes;
    }
}
