package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room of the buffer area: its limit, and what its file system has left. Frozen files count nothing, as they take room only as
 * their originals change: that is seen by what the file system has left. Thread-safe.
 */
final class Space {

    /** Left to others: a file system that is full stops the machine's own work. */
    private static final long RESERVE = 256L << 20;

    /** Of small file systems a part. */
    private static final int RESERVE_PART = 20;

    /** The file system is asked each time that so much more was taken. */
    private static final long ASK_EVERY = 8L << 20;

    private final Path folder;
    private final Disk disk;

    /** Guarded by this, as below. */
    private long used;

    private long limit;
    private long sinceAsked = ASK_EVERY;

    /** What a file system has. */
    interface Disk {

        long total(Path folder) throws IOException;

        long free(Path folder) throws IOException;

        /** The one that the folder is in. */
        Disk REAL = new Disk() {
            @Override
            public long total(Path folder) throws IOException {
                return Files.getFileStore(folder).getTotalSpace();
            }

            @Override
            public long free(Path folder) throws IOException {
                return Files.getFileStore(folder).getUsableSpace();
            }
        };
    }

    Space(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    synchronized void limit(long bytes) {
        limit = bytes;
        notifyAll();
    }

    synchronized long used() {
        return used;
    }

    synchronized void add(long bytes) {
        used += bytes;
    }

    synchronized void give(long bytes) {
        used -= bytes;
        sinceAsked = ASK_EVERY;
        notifyAll();
    }

    /** Takes room; null, or why there is none. */
    synchronized String tryTake(long bytes) throws IOException {
        if (used + bytes > limit) {
            return "its limit of " + limit + " bytes is reached";
        }
        if (sinceAsked >= ASK_EVERY || bytes >= ASK_EVERY) {
            long reserve = Math.min(RESERVE, disk.total(folder) / RESERVE_PART);
            if (disk.free(folder) - bytes < reserve) {
                sinceAsked = ASK_EVERY;
                return "its file system has less than " + reserve + " bytes left";
            }
            sinceAsked = 0;
        }
        used += bytes;
        sinceAsked += bytes;
        return null;
    }

    /** Waits until something was given back, or that time has passed. */
    synchronized void await(long millis) throws InterruptedException {
        wait(millis);
    }
}
