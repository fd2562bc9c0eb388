package org.hikae.block;

import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** Who uses which disk, so that a disk in use is not removed. Thread-safe. */
final class Uses {

    /** Guarded by this. */
    private final Set<Use> current = new HashSet<>();

    /** Disks that are being removed, which nobody may begin to use. Guarded by this. */
    private final Set<String> ending = new HashSet<>();

    synchronized AutoCloseable begin(String disk, String reason) throws IOException {
        if (ending.contains(disk)) {
            throw new IOException("disk '" + disk + "' is being removed");
        }
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

    /**
     * Lets nobody begin to use the disk any more.
     *
     * @throws IOException if somebody does already
     */
    synchronized void end(String disk) throws IOException {
        Iterator<Use> users =
                current.stream().filter(use -> use.disk.equals(disk)).iterator();
        if (users.hasNext()) {
            throw new IOException("disk '" + disk + "' is in use: " + users.next().reason);
        }
        ending.add(disk);
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
