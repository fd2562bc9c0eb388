package org.hikae.nbd;

import org.hikae.api.block.BlockDevice;
import org.hikae.nbd.export.Lease;

/** A lease of a device that closes it. */
record TestLease(String name, MemoryDevice memory) implements Lease {

    @Override
    public String description() {
        return "a device in memory";
    }

    @Override
    public BlockDevice device() {
        return memory;
    }

    @Override
    public void close() {
        memory.close();
    }
}
