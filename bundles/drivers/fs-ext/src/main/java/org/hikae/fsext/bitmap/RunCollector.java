package org.hikae.fsext.bitmap;

import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/** Makes a set of runs that mostly come in order: what touches is put together before it gets into the set. */
public final class RunCollector {

    private final BlockSet.Builder builder = new BlockSet.Builder();
    /** The run that may still grow: {@code [first, end)}; empty if none. */
    private long first;

    private long end;

    public void add(long from, long count) {
        if (end > first && from == end) {
            end = from + count;
        } else {
            flush();
            first = from;
            end = from + count;
        }
    }

    public void add(BlockRun run) {
        add(run.first(), run.count());
    }

    private void flush() {
        if (end > first) {
            builder.add(new BlockRun(first, end - first));
        }
        first = 0;
        end = 0;
    }

    public BlockSet build() {
        flush();
        return builder.build();
    }
}
