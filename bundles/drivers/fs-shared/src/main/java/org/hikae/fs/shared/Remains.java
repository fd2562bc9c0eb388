package org.hikae.fs.shared;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileExtent;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.AttributeTable;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.OrphanTable;

/**
 * Takes apart what files leave behind: those that have lost their last name, and blocks after a file's new end. It is done in
 * transactions of bounded size, since a file may have any number of extents; what a crash interrupts, the next mount ends
 * (R17). Nobody sees anything of it: a removed file has no inode from the first transaction on, and blocks after the end
 * are taken off before the file grows again. Thread-safe.
 */
final class Remains {

    /** Extents, and attributes, that are taken off in one transaction. */
    static final int BATCH = 256;

    private final Volume volume;
    private final Openings openings;
    private final int blockSize;
    /** Inodes with which a transaction did not come to an end. */
    private final Queue<Long> unfinished = new ConcurrentLinkedQueue<>();

    Remains(Volume volume, Openings openings) {
        this.volume = volume;
        this.openings = openings;
        this.blockSize = volume.superblock().blockSize();
    }

    /** A file has lost its last name; it stays as long as it is open. */
    void release(Edit edit, Inode nameless) throws IOException {
        if (openings.isOpen(nameless.number())) {
            InodeTable.put(edit.tables(), nameless);
            OrphanTable.add(edit.tables(), nameless.number());
        } else {
            remove(edit, nameless);
        }
    }

    /** A file without names is not open any more. */
    void remove(Edit edit, Inode nameless) throws IOException {
        InodeTable.remove(edit.tables(), nameless.number());
        edit.counts().removed(nameless.isDirectory()).put(edit.tables());
        clear(edit, nameless.number());
    }

    /** A file has a new, smaller size, which its inode has in the tables by now. */
    void cut(Edit edit, Inode inode) throws IOException {
        List<BlockRun> taken = volume.extents().cut(edit.tables(), inode.number(), inode.blocks(blockSize), BATCH);
        edit.free(taken);
        if (taken.size() == BATCH) {
            putOff(edit, inode.number());
        } else if (inode.links() > 0) {
            OrphanTable.remove(edit.tables(), inode.number());
        }
    }

    private void clear(Edit edit, long number) throws IOException {
        List<BlockRun> taken = volume.extents().cut(edit.tables(), number, 0, BATCH);
        edit.free(taken);
        int attributes = AttributeTable.removeAll(edit.tables(), number, BATCH);
        if (taken.size() == BATCH || attributes == BATCH) {
            putOff(edit, number);
        } else {
            OrphanTable.remove(edit.tables(), number);
        }
    }

    private void putOff(Edit edit, long number) throws IOException {
        OrphanTable.add(edit.tables(), number);
        unfinished.add(number);
    }

    /** Whether the file has blocks that are still to be taken off. */
    boolean isBeingCut(View view, Inode inode) throws IOException {
        if (!OrphanTable.contains(view, inode.number())) {
            return false;
        }
        FileExtent last = volume.extents().last(view, inode.number());
        return last != null && last.end() > inode.blocks(blockSize);
    }

    /**
     * Does one transaction on a file of which no block is waiting to be taken off; helps with that first, whoever began it.
     */
    <T> T changeWhole(long number, Edit.Step<T> step) throws IOException {
        while (true) {
            boolean[] done = new boolean[1];
            T result = volume.change(edit -> {
                Inode inode = InodeTable.find(edit.tables(), number);
                if (inode != null && isBeingCut(edit.tables(), inode)) {
                    cut(edit, inode);
                    return null;
                }
                done[0] = true;
                return step.run(edit);
            });
            if (done[0]) {
                return result;
            }
        }
    }

    /** As {@link #changeWhole}, without changing more. */
    <T> T readWhole(long number, MetadataStore.Reading<T> reading) throws IOException {
        while (true) {
            boolean[] done = new boolean[1];
            T result = volume.read(view -> {
                Inode inode = InodeTable.find(view, number);
                done[0] = inode == null || !isBeingCut(view, inode);
                return done[0] ? reading.read(view) : null;
            });
            if (done[0]) {
                return result;
            }
            changeWhole(number, edit -> null);
        }
    }

    /** Ends what transactions have begun. */
    void finish() throws IOException {
        for (Long number = unfinished.poll(); number != null; number = unfinished.poll()) {
            finish(number);
        }
    }

    private void finish(long number) throws IOException {
        boolean done = false;
        try {
            volume.change(edit -> {
                advance(edit, number);
                return null;
            });
            done = true;
        } finally {
            if (!done) {
                unfinished.add(number);
            }
        }
    }

    private void advance(Edit edit, long number) throws IOException {
        Inode inode = InodeTable.find(edit.tables(), number);
        if (inode == null) {
            clear(edit, number);
        } else if (inode.links() == 0 && !openings.isOpen(number)) {
            remove(edit, inode);
        } else {
            cut(edit, inode);
        }
    }

    /** Ends what a crash has interrupted, or what nobody has open any more. */
    void finishAll() throws IOException {
        List<Long> orphans = volume.read(view -> {
            List<Long> all = new ArrayList<>();
            OrphanTable.scan(view, all::add);
            return all;
        });
        unfinished.addAll(orphans);
        finish();
    }
}
