package org.hikae.fs.shared;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.api.shared.spi.FreeSpace;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.table.Counts;
import org.hikae.fs.shared.table.ExtentTable;
import org.hikae.fs.shared.table.FreeTable;

/**
 * The metadata of a mounted file system, as those see it who work on it: transactions, and what is free after them (R17).
 * Thread-safe.
 */
final class Volume {

    /** Bytes of the metadata region that a block takes which is an extent by itself. */
    static final long BYTES_OF_AN_EXTENT = 56;

    private final Superblock superblock;
    private final MetadataStore store;
    private final FreeSpace free;
    private final Clock clock;
    private final ExtentTable extents;
    private final FreeTable freeTable;
    private final FreedBlocks freed = new FreedBlocks();
    private final Reservations reservations;
    /** Number of files as the last transaction saw it, for those who only want to know about. */
    private volatile long files;

    private volatile boolean closed;

    Volume(Superblock superblock, MetadataStore store, FreeSpace free, Clock clock) throws IOException {
        this.superblock = superblock;
        this.store = store;
        this.free = free;
        this.reservations = new Reservations(free);
        this.clock = clock;
        this.extents = new ExtentTable(superblock.data());
        this.freeTable = new FreeTable(superblock.data());
        this.files = store.read(Counts::of).files();
    }

    Superblock superblock() {
        return superblock;
    }

    MetadataStore store() {
        return store;
    }

    FreeSpace free() {
        return free;
    }

    Reservations reservations() {
        return reservations;
    }

    ExtentTable extents() {
        return extents;
    }

    <T> T read(MetadataStore.Reading<T> reading) throws IOException {
        requireOpen();
        return store.read(reading);
    }

    /** As {@link #read}, for long: others go on meanwhile. */
    <T> T look(MetadataStore.Reading<T> reading) throws IOException {
        requireOpen();
        return store.look(reading);
    }

    /** Does one transaction. What it frees can be given away after the next commit. */
    <T> T change(Edit.Step<T> step) throws IOException {
        requireOpen();
        Edit[] edit = new Edit[1];
        boolean done = false;
        try {
            T result = store.change(changes -> {
                edit[0] = new Edit(changes, freeTable, clock.instant());
                T found = step.run(edit[0]);
                files = edit[0].counts().files();
                return found;
            });
            done = true;
            freed.add(edit[0].freed());
            return result;
        } finally {
            if (!done && edit[0] != null) {
                edit[0].undone();
            }
        }
    }

    /** Makes durable what was changed before, then gives the blocks away that were freed by it. */
    void commit() throws IOException {
        requireOpen();
        List<BlockRun> runs = freed.take();
        boolean durable = false;
        try {
            store.commit();
            durable = true;
        } finally {
            if (!durable) {
                freed.putBack(runs);
            }
        }
        runs.forEach(free::free);
        freed.given(runs);
    }

    SharedFileSystem.Space space() {
        return new SharedFileSystem.Space(
                superblock.blockSize(),
                superblock.data().count(),
                free.available() + freed.count(),
                files,
                store.sizeBytes(),
                store.usedBytes(),
                store.limitBytes());
    }

    /** Blocks that wait for a commit, the next one or one under way, before they can be given away. */
    long waiting() {
        return freed.count();
    }

    /**
     * For whoever adds something: what is promised or reserved is to find room too when it is mapped.
     *
     * @param bytes about how many will be needed later, beside what is done now
     */
    void requireRoom(long bytes) throws FileSystemFullException {
        long later = bytes + BYTES_OF_AN_EXTENT * reservations.unmapped();
        if (store.full() || later > 0 && later > store.limitBytes() - store.usedBytes()) {
            throw new FileSystemFullException("the metadata region is full, " + store.usedBytes() + " of "
                    + store.sizeBytes() + " bytes are taken"
                    + (later == 0 ? "" : ", and " + later + " are needed for what is being written")
                    + ": remove files, or format the disk with a larger region");
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Commits, and ends. */
    void close() throws IOException {
        closed = true;
        store.close();
    }
}
