package org.hikae.fs.shared;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.table.Counts;
import org.hikae.fs.shared.table.FreeTable;

/** A transaction in progress: the tables, and what it does to free blocks and counts. */
final class Edit {

    private final Changes tables;
    private final FreeTable free;
    private final Instant now;
    private final List<BlockRun> freed = new ArrayList<>();
    private final List<Runnable> undos = new ArrayList<>();

    Edit(Changes tables, FreeTable free, Instant now) {
        this.tables = tables;
        this.free = free;
        this.now = now;
    }

    Changes tables() {
        return tables;
    }

    /** When it happens. */
    Instant now() {
        return now;
    }

    /** Blocks that a file has no more become free. */
    void free(List<BlockRun> runs) throws IOException {
        for (BlockRun run : runs) {
            free.give(tables, run);
        }
        freed.addAll(runs);
    }

    /** Blocks that were reserved become a file's. */
    void use(BlockRun run) throws IOException {
        free.take(tables, run);
    }

    /** Something in memory was done that is to be taken back, should the transaction come to nothing after all. */
    void ifUndone(Runnable undo) {
        undos.add(undo);
    }

    void undone() {
        undos.forEach(Runnable::run);
    }

    List<BlockRun> freed() {
        return freed;
    }

    Counts counts() throws IOException {
        return Counts.of(tables);
    }

    /** What a transaction does. */
    @FunctionalInterface
    interface Step<T> {
        T run(Edit edit) throws IOException;
    }
}
