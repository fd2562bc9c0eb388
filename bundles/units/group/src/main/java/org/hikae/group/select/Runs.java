package org.hikae.group.select;

import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileExtent;

/** The blocks of files that mostly lie one after the other: what touches is put together before it gets into the set. */
final class Runs {

    private final BlockSet.Builder builder = new BlockSet.Builder();
    /** The run that may still grow, {@code [first, end)}; empty if none. */
    private long first;

    private long end;

    void add(FileExtent extent) {
        if (extent.physical() != end || end == first) {
            flush();
            first = extent.physical();
        }
        end = extent.physical() + extent.count();
    }

    private void flush() {
        if (end > first) {
            builder.add(new BlockRun(first, end - first));
        }
        first = 0;
        end = 0;
    }

    BlockSet build() {
        flush();
        return builder.build();
    }
}
