package org.hikae.fs.shared;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who has which inodes open, how often. In memory: whoever had something open is gone after a crash. Thread-safe. */
final class Openings {

    /** By opener and inode. Guarded by this. */
    private final Map<Long, Map<Long, Integer>> byOpener = new HashMap<>();
    /** By inode, of all openers. Guarded by this. */
    private final Map<Long, Integer> byInode = new HashMap<>();

    synchronized void open(long inode, long opener) {
        byOpener.computeIfAbsent(opener, key -> new HashMap<>()).merge(inode, 1, Integer::sum);
        byInode.merge(inode, 1, Integer::sum);
    }

    /** Does nothing if the opener has not opened it. */
    synchronized void close(long inode, long opener) {
        Map<Long, Integer> own = byOpener.getOrDefault(opener, Map.of());
        if (own.containsKey(inode)) {
            own.computeIfPresent(inode, (key, times) -> times == 1 ? null : times - 1);
            byInode.computeIfPresent(inode, (key, times) -> times == 1 ? null : times - 1);
            if (own.isEmpty()) {
                byOpener.remove(opener);
            }
        }
    }

    synchronized boolean isOpen(long inode) {
        return byInode.containsKey(inode);
    }

    /** Whether nobody would have it open after this opener closed it once. */
    synchronized boolean isLast(long inode, long opener) {
        return byOpener.getOrDefault(opener, Map.of()).containsKey(inode) && byInode.get(inode) == 1;
    }

    /** The inodes that an opener has open. */
    synchronized List<Long> of(long opener) {
        return List.copyOf(byOpener.getOrDefault(opener, Map.of()).keySet());
    }

    synchronized boolean isOpen(long inode, long opener) {
        return byOpener.getOrDefault(opener, Map.of()).containsKey(inode);
    }

    synchronized void clear() {
        byOpener.clear();
        byInode.clear();
    }
}
