package org.hikae.media.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which generations are being written, read and removed. Guarded by its owner. */
final class InUse {

    /** Generations of this platform that are being written: their objects are no garbage (R19). */
    private final Set<String> written = new HashSet<>();

    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> removed = new HashSet<>();

    void beginWrite(String id) {
        written.add(id);
    }

    void endWrite(String id) {
        written.remove(id);
    }

    /** The generations whose objects somebody here is about to complete or to delete. */
    Set<String> live() {
        Set<String> live = new HashSet<>(written);
        live.addAll(removed);
        return live;
    }

    void beginRead(String id) throws IOException {
        if (removed.contains(id)) {
            throw new IOException("generation " + id + " is being removed");
        }
        readers.merge(id, 1, Integer::sum);
    }

    void endRead(String id) {
        readers.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
    }

    void beginRemove(String id) throws IOException {
        if (readers.containsKey(id)) {
            throw new IOException("generation " + id + " is in use; remove it when nobody reads it any more");
        }
        if (!removed.add(id)) {
            throw new IOException("generation " + id + " is being removed already");
        }
    }

    void endRemove(String id) {
        removed.remove(id);
    }
}
