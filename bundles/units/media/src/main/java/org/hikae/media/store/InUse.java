package org.hikae.media.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which generations are being written, read and removed. Thread-safe. */
final class InUse {

    /** Generations of this platform that are being written: their objects are no garbage (R19). Guarded by this, as all. */
    private final Set<String> written = new HashSet<>();

    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> removed = new HashSet<>();

    synchronized void beginWrite(String id) {
        written.add(id);
    }

    synchronized void endWrite(String id) {
        written.remove(id);
    }

    /** Whether somebody here is about to complete or to delete the objects of a generation. */
    synchronized boolean isLive(String id) {
        return written.contains(id) || removed.contains(id);
    }

    synchronized void beginRead(String id) throws IOException {
        if (removed.contains(id)) {
            throw new IOException("generation " + id + " is being removed");
        }
        readers.merge(id, 1, Integer::sum);
    }

    synchronized void endRead(String id) {
        readers.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
    }

    synchronized void beginRemove(String id) throws IOException {
        if (readers.containsKey(id)) {
            throw new IOException("generation " + id + " is in use; remove it when nobody reads it any more");
        }
        if (!removed.add(id)) {
            throw new IOException("generation " + id + " is being removed already");
        }
    }

    synchronized void endRemove(String id) {
        removed.remove(id);
    }
}
