package org.hikae.block;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who uses which disk, so that a disk in use is neither removed nor formatted. Thread-safe. */
final class Uses {

    /** Guarded by this. */
    private final Set<Use> current = new HashSet<>();

    /** Disks that nobody may begin to use, and what is being done with them. Guarded by this. */
    private final Map<String, String> ending = new HashMap<>();

    synchronized AutoCloseable begin(String disk, String reason) throws IOException {
        checkNotEnding(disk);
        Use use = new Use(disk, reason);
        current.add(use);
        return use;
    }

    synchronized void give(AutoCloseable use) {
        current.remove(use);
    }

    synchronized boolean any(String disk) {
        return current.stream().anyMatch(use -> use.disk.equals(disk));
    }

    private void checkNotEnding(String disk) throws IOException {
        if (ending.containsKey(disk)) {
            throw new IOException("disk '" + disk + "' is being " + ending.get(disk));
        }
    }

    /**
     * Lets nobody begin to use the disk, until {@link #forget}.
     *
     * @param what is being done with it: removed, formatted
     * @param own how many uses are those of whoever does it
     * @throws IOException if others use it already
     */
    synchronized void end(String disk, String what, int own) throws IOException {
        checkNotEnding(disk);
        Set<Use> users = current.stream().filter(use -> use.disk.equals(disk)).collect(Collectors.toSet());
        if (users.size() > own) {
            throw new IOException("disk '" + disk + "' is in use: "
                    + users.stream().map(use -> use.reason).sorted().collect(Collectors.joining("; ")));
        }
        ending.put(disk, what);
    }

    synchronized void forget(String disk) {
        ending.remove(disk);
    }

    private final class Use implements AutoCloseable {

        private final String disk;
        private final String reason;

        Use(String disk, String reason) {
            this.disk = disk;
            this.reason = reason;
        }

        @Override
        public void close() {
            give(this);
        }
    }
}
