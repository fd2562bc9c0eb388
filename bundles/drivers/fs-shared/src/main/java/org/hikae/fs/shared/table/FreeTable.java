package org.hikae.fs.shared.table;

import java.io.IOException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Entry;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/** The blocks that no file has, as runs that do not touch. What is reserved only is among them. */
public final class FreeTable {

    private static final String STRUCTURE = "table of free blocks";

    private final BlockRun data;

    /** @param data the blocks that files can have */
    public FreeTable(BlockRun data) {
        this.data = data;
    }

    /** @throws FileSystemRefusedException if they are not all free */
    public void take(Changes changes, BlockRun run) throws IOException {
        BlockRun free = run(changes.floor(Table.FREE, Keys.of(run.first())));
        if (free == null || free.end() < run.end()) {
            throw new FileSystemRefusedException(
                    STRUCTURE, run.first(), "blocks " + run + " are given to a file, but are not free");
        }
        if (free.first() < run.first()) {
            put(changes, free.first(), run.first() - free.first());
        } else {
            changes.remove(Table.FREE, Keys.of(free.first()));
        }
        if (run.end() < free.end()) {
            put(changes, run.end(), free.end() - run.end());
        }
    }

    /** @throws FileSystemRefusedException if some are free already */
    public void give(Changes changes, BlockRun run) throws IOException {
        BlockRun before = run(changes.floor(Table.FREE, Keys.of(run.first())));
        BlockRun after = run(changes.ceiling(Table.FREE, Keys.of(run.first())));
        if (before != null && before.end() > run.first() || after != null && after.first() < run.end()) {
            throw new FileSystemRefusedException(
                    STRUCTURE, run.first(), "blocks " + run + " belong to a file, but some of them count as free");
        }
        long first = before != null && before.end() == run.first() ? before.first() : run.first();
        long end = run.end();
        if (after != null && after.first() == end) {
            changes.remove(Table.FREE, Keys.of(after.first()));
            end = after.end();
        }
        put(changes, first, end - first);
    }

    private static void put(Changes changes, long first, long count) throws IOException {
        changes.put(Table.FREE, Keys.of(first), Numbers.encode(count));
    }

    /** All of them; refused if they overlap. */
    public BlockSet all(View view) throws IOException {
        BlockSet.Builder free = new BlockSet.Builder();
        long[] end = {0};
        scan(view, run -> {
            if (run.first() < end[0]) {
                throw new FileSystemRefusedException(STRUCTURE, run.first(), "blocks " + run + " are in it twice");
            }
            end[0] = run.end();
            free.add(run);
            return true;
        });
        return free.build();
    }

    /** Shows all runs in order, until the visitor has enough. */
    public void scan(View view, RecordVisitor<BlockRun> visitor) throws IOException {
        Records.scan(view, Table.FREE, Keys.of(0), this::decode, visitor);
    }

    /** Whether some of these blocks are free. */
    public boolean hasAny(View view, BlockRun run) throws IOException {
        BlockRun last = run(view.floor(Table.FREE, Keys.of(run.end() - 1)));
        return last != null && last.end() > run.first();
    }

    private BlockRun run(Entry entry) throws IOException {
        return entry == null ? null : decode(entry.key(), entry.value());
    }

    private BlockRun decode(byte[] key, byte[] value) throws FileSystemRefusedException {
        Keys.requireLength(key, 1, STRUCTURE);
        long first = Keys.first(key, STRUCTURE);
        long count = Numbers.decode(value, 1, STRUCTURE)[0];
        if (first < data.first() || first >= data.end() || count < 1 || count > data.end() - first) {
            throw new FileSystemRefusedException(
                    STRUCTURE, first, count + " blocks from " + first + " do not lie where files have theirs");
        }
        return new BlockRun(first, count);
    }
}
