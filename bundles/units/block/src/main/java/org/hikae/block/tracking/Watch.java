package org.hikae.block.tracking;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether a disk is what we left (R14). Thread-safe.
 *
 * <p>A disk that cannot be looked at is no other disk: nothing can be read from it either, which others will tell.
 */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final StampSource stamps;
    /** Whether we may have written since the stamp in force was taken. */
    private volatile boolean touched;
    /** How many there are who write blocks that do not change: the file's times are theirs then, at any moment. */
    private final AtomicInteger rewriters = new AtomicInteger();
    /** What the file system told when somebody of ours left the disk last. Guarded by this. */
    private String left = "";

    Watch(StampSource stamps) {
        this.stamps = stamps;
    }

    /** Says that we may write from now on; called at every write. */
    void touch() {
        if (!touched) {
            touched = true;
        }
    }

    void beginRewriting() {
        rewriters.incrementAndGet();
    }

    void endRewriting() {
        touched = true;
        rewriters.decrementAndGet();
    }

    private boolean isTouched() {
        return rewriters.get() > 0 || touched;
    }

    void touched(boolean now) {
        touched = now;
    }

    DiskStamp now() throws IOException {
        return stamps.now();
    }

    DiskStamp settled() throws IOException {
        return stamps.settled();
    }

    /** Says that a writer is about to leave, and has written all. When all is saved, the format's driver may be gone. */
    synchronized void leaving() {
        DiskStamp now = look();
        left = now == null ? "" : now.fileSystem();
    }

    /** As {@link #settled}, if all writers have left. */
    synchronized DiskStamp left() throws IOException {
        return stamps.settled().orFileSystem(left);
    }

    /** In what the disk differs from a stamp; null if in nothing. */
    String difference(DiskStamp known) {
        DiskStamp now = look();
        return now == null ? null : known.differenceTo(now, isTouched());
    }

    /**
     * What the disk is known by from now on, at an instant when no write is in flight; null if it differs from what it was
     * known by.
     */
    DiskStamp atInstant(DiskStamp known) {
        DiskStamp now = look();
        boolean ours = isTouched();
        if (now == null) {
            return known;
        } else if (known.differenceTo(now, ours) != null) {
            return null;
        }
        // As long as nobody of ours has written, what a driver told that is silent now still holds.
        DiskStamp stamp = ours ? now : now.orFileSystem(known.fileSystem());
        touched = false;
        return stamp;
    }

    private DiskStamp look() {
        try {
            return stamps.now();
        } catch (IOException e) {
            LOG.debug("a disk cannot be looked at", e);
            return null;
        }
    }
}
