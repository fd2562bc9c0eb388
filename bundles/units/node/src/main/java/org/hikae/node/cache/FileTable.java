package org.hikae.node.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.cache.CachedFile;
import org.hikae.io.FirstFailure;

/**
 * The files of a volume that a node has leases on, or something cached of. Those that nobody uses stay for a while, with their
 * leases and what is cached, and are given up in the order in which they were used. Thread-safe.
 */
final class FileTable {

    /** How many files nobody uses stay. */
    private static final int IDLE = 4096;
    /** How many are looked at when one more becomes idle: so they get fewer, and nobody goes through all of them. */
    private static final int TRIED = 4;

    private final String disk;
    private final OpenVolume volume;
    /** Guarded by this, as all below. */
    private final Map<Long, RegularFile> files = new HashMap<>();

    private final Map<Long, Integer> users = new HashMap<>();
    /** Files without users, the one that was used last at the end. */
    private final Map<Long, RegularFile> idle = new LinkedHashMap<>();
    /** Files whose leases are just being given up. */
    private final Set<Long> leaving = new HashSet<>();

    FileTable(String disk, OpenVolume volume) {
        this.disk = disk;
        this.volume = volume;
    }

    /** The file, which stays until {@link #give}. */
    synchronized RegularFile take(long inode) {
        Waits.until(this, () -> !leaving.contains(inode));
        idle.remove(inode);
        users.merge(inode, 1, Integer::sum);
        return files.computeIfAbsent(inode, any -> RegularFile.of(new CachedFile(disk, inode), volume));
    }

    /** Also one that is leaving; null if there is none. */
    synchronized RegularFile find(long inode) {
        return files.get(inode);
    }

    synchronized List<RegularFile> all() {
        return List.copyOf(files.values());
    }

    /** The file is used no more by whoever took it. */
    void give(RegularFile file) throws IOException {
        for (RegularFile old : remember(file)) {
            leave(old);
        }
    }

    private synchronized List<RegularFile> remember(RegularFile file) {
        long inode = file.id().file();
        if (users.merge(inode, -1, Integer::sum) == 0) {
            users.remove(inode);
            idle.put(inode, file);
        }
        List<RegularFile> old = new ArrayList<>();
        for (int i = 0; i < TRIED && idle.size() > IDLE; i++) {
            RegularFile candidate = idle.values().iterator().next();
            idle.remove(candidate.id().file());
            if (candidate.opening().isOpen()) {
                // What is dirty is written out soon, and leaves later.
                idle.put(candidate.id().file(), candidate);
            } else {
                leaving.add(candidate.id().file());
                old.add(candidate);
            }
        }
        return old;
    }

    private void leave(RegularFile file) throws IOException {
        try {
            file.release();
        } finally {
            left(file);
        }
    }

    private synchronized void left(RegularFile file) {
        files.remove(file.id().file());
        leaving.remove(file.id().file());
        notifyAll();
    }

    /** Gives all files up. Nobody uses them. */
    void clear() throws IOException {
        FirstFailure failures = new FirstFailure();
        all().forEach(file -> failures.collect(() -> leave(file)));
        failures.end();
    }
}
