package org.hikae.node.cache;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.node.volume.NodeVolume;

/** A shared file system as one node has it open. Thread-safe. */
public final class OpenVolume {

    private final NodeAccess node;
    private final PageCache cache;
    private final Counters counters;
    private final SharedFileSystem files;
    private final BlockDevice door;
    private final long opener;
    private final Clock clock;
    private final int blockSize;
    /** Counts changes of metadata by this node. */
    private final AtomicLong changes = new AtomicLong();
    /** How many of them are durable. */
    private final AtomicLong durable = new AtomicLong();

    /**
     * @param door for content; whoever made it closes it
     * @param opener what the file system knows this node by
     */
    public OpenVolume(
            NodeAccess node,
            PageCache cache,
            Counters counters,
            SharedFileSystem files,
            BlockDevice door,
            long opener,
            Clock clock) {
        this.node = node;
        this.cache = cache;
        this.counters = counters;
        this.files = files;
        this.door = door;
        this.opener = opener;
        this.clock = clock;
        this.blockSize = files.space().blockSize();
    }

    NodeAccess node() {
        return node;
    }

    PageCache cache() {
        return cache;
    }

    Counters counters() {
        return counters;
    }

    SharedFileSystem files() {
        return files;
    }

    BlockDevice door() {
        return door;
    }

    long opener() {
        return opener;
    }

    Instant now() {
        return clock.instant();
    }

    /** Bytes of a block. */
    int blockSize() {
        return blockSize;
    }

    /**
     * Changes metadata: what a node that is lost has begun ends before others go on, and then it changes no more (R16).
     * Counted when it is done: whoever makes all durable after that must not think it was there before.
     */
    <T> T change(NodeVolume.Call<T> call) throws IOException {
        try (NodeAccess.Inside inside = node.enterManager()) {
            return call.on(files);
        } finally {
            changes.incrementAndGet();
        }
    }

    /** As {@link #change}, for what lasts no longer than the node. */
    <T> T tell(NodeVolume.Call<T> call) throws IOException {
        try (NodeAccess.Inside inside = node.enterManager()) {
            return call.on(files);
        }
    }

    /** Makes durable what was written out and changed before. A commit forces the disk itself. */
    void makeDurable() throws IOException {
        long now = changes.get();
        if (now > durable.get()) {
            tell(all -> {
                all.commit();
                return null;
            });
            durable.accumulateAndGet(now, Math::max);
        } else {
            door.force();
        }
    }
}
