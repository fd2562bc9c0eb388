package org.hikae.media.read;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The blocks of the frames that were used last, so that small reads beside each other cost one frame. Thread-safe. */
final class FrameCache {

    private static final int MAX_BYTES = 16 << 20;

    private final FrameStore store;
    /** The least recently used first; guarded by this. */
    private final Map<Integer, byte[]> cached = new LinkedHashMap<>(16, 0.75f, true);

    private int bytes;

    FrameCache(FrameStore store) {
        this.store = store;
    }

    /** The blocks of a frame; not to be changed. Two threads that miss it both read it. */
    byte[] get(int frame) throws IOException {
        byte[] blocks = find(frame);
        if (blocks == null) {
            blocks = store.read(frame);
            put(frame, blocks);
        }
        return blocks;
    }

    /** The blocks of a frame if they are here, else null. */
    synchronized byte[] find(int frame) {
        return cached.get(frame);
    }

    private synchronized void put(int frame, byte[] blocks) {
        if (cached.putIfAbsent(frame, blocks) == null) {
            bytes += blocks.length;
        }
        var oldest = cached.entrySet().iterator();
        while (bytes > MAX_BYTES && oldest.hasNext()) {
            bytes -= oldest.next().getValue().length;
            oldest.remove();
        }
    }
}
