package org.hikae.tape.store.registry;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of this home that go on, and the cartridges on which each has records that no table names yet: the next table may stand
 * on another cartridge, and until then nothing else tells that they are needed. Thread-safe; nothing of it outlives the process, as the
 * sessions do not.
 */
final class Running {

    private final Map<UUID, Set<UUID>> sessions = new ConcurrentHashMap<>();

    void begin(UUID session) {
        sessions.computeIfAbsent(session, key -> ConcurrentHashMap.newKeySet());
    }

    void end(UUID session) {
        sessions.remove(session);
    }

    boolean isAny() {
        return !sessions.isEmpty();
    }

    boolean contains(UUID session) {
        return sessions.containsKey(session);
    }

    /** A record of a session has come to a cartridge. */
    void wrote(UUID session, UUID volume) {
        Set<UUID> unnamed = sessions.get(session);
        if (unnamed != null) {
            unnamed.add(volume);
        }
    }

    /** All records of a session are named by tables that are known. */
    void named(UUID session) {
        Set<UUID> unnamed = sessions.get(session);
        if (unnamed != null) {
            unnamed.clear();
        }
    }

    /** Whether there are records on a cartridge that no table names yet. */
    boolean hasUnnamed(UUID volume) {
        return sessions.values().stream().anyMatch(unnamed -> unnamed.contains(volume));
    }
}
