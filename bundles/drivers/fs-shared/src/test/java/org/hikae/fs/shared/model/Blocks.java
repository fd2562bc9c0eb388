package org.hikae.fs.shared.model;

import java.io.IOException;
import java.util.Map;

/** Blocks of a disk, each of which holds a number. */
public interface Blocks {

    void put(long block, int what) throws IOException;

    /** Null if nothing was written to it. */
    Integer get(long block) throws IOException;

    /** Blocks in memory. */
    static Blocks of(Map<Long, Integer> memory) {
        return new Blocks() {
            @Override
            public void put(long block, int what) {
                memory.put(block, what);
            }

            @Override
            public Integer get(long block) {
                return memory.get(block);
            }
        };
    }
}
