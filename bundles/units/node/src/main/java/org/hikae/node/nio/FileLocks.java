package org.hikae.node.nio;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The locks on files of all nodes in this JVM. Within a node, as within a JVM elsewhere, locks that overlap are a mistake of
 * the program; between nodes the second one waits, unless both are shared. Thread-safe.
 */
final class FileLocks {

    /** Locks and wishes; guarded by the monitor, which tells who waits that something went. */
    private final Map<FileStatus.Key, List<NodeFileLock>> table = new HashMap<>();

    /**
     * Waits for a lock.
     *
     * @throws OverlappingFileLockException if the node has, or waits for, a lock that overlaps
     * @throws AsynchronousCloseException if the channel is closed in the meantime
     * @throws FileLockInterruptionException if the thread is interrupted; the channel stays open
     */
    synchronized NodeFileLock lock(NodeFileLock wish) throws IOException {
        add(wish);
        try {
            while (wish.isValid() && isHindered(wish)) {
                wait();
            }
            return granted(wish);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileLockInterruptionException();
        } finally {
            if (!wish.granted()) {
                release(wish);
            }
        }
    }

    /**
     * Gets a lock if nothing hinders it; null if another node does.
     *
     * @throws OverlappingFileLockException if the node has, or waits for, a lock that overlaps
     * @throws AsynchronousCloseException if the channel is closed in the meantime
     */
    synchronized NodeFileLock tryLock(NodeFileLock wish) throws AsynchronousCloseException {
        add(wish);
        try {
            return isHindered(wish) ? null : granted(wish);
        } finally {
            if (!wish.granted()) {
                release(wish);
            }
        }
    }

    /** A channel that is closed before this has nobody who would release the lock; one that is closed later releases it. */
    private static NodeFileLock granted(NodeFileLock wish) throws AsynchronousCloseException {
        if (!wish.isValid()) {
            throw new AsynchronousCloseException();
        }
        wish.grant();
        return wish;
    }

    private void add(NodeFileLock wish) {
        List<NodeFileLock> locks = table.computeIfAbsent(wish.file(), any -> new ArrayList<>());
        if (locks.stream().anyMatch(lock -> lock.node().equals(wish.node()) && overlap(lock, wish))) {
            throw new OverlappingFileLockException();
        }
        locks.add(wish);
    }

    private boolean isHindered(NodeFileLock wish) {
        return table.getOrDefault(wish.file(), List.of()).stream()
                .anyMatch(lock ->
                        lock != wish && lock.granted() && overlap(lock, wish) && !(lock.isShared() && wish.isShared()));
    }

    private static boolean overlap(NodeFileLock one, NodeFileLock other) {
        return one.overlaps(other.position(), other.size());
    }

    synchronized void release(NodeFileLock lock) {
        lock.end();
        table.computeIfPresent(lock.file(), (file, locks) -> {
            locks.remove(lock);
            return locks.isEmpty() ? null : locks;
        });
        notifyAll();
    }

    /** Releases all locks of a kind, and wakes who waits for one of it. */
    synchronized void release(Predicate<NodeFileLock> ended) {
        List<NodeFileLock> all =
                table.values().stream().flatMap(List::stream).filter(ended).toList();
        all.forEach(this::release);
    }
}
