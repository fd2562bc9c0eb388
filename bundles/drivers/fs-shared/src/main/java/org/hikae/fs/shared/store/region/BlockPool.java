package org.hikae.fs.shared.store.region;

import java.io.IOException;
import java.util.BitSet;

/** Which blocks of the region are free. Not thread-safe. */
final class BlockPool {

    private final BitSet used = new BitSet();
    private final int size;
    private int free;
    /** Where to look next: blocks that are taken together lie together. */
    private int next;

    BlockPool(int size) {
        this.size = size;
        this.free = size;
    }

    int size() {
        return size;
    }

    int free() {
        return free;
    }

    /**
     * Marks a block as used that the tables say is.
     *
     * @return false if it cannot be: there is no such block, or it is used already
     */
    boolean claim(int block) {
        if (block < 0 || block >= size || used.get(block)) {
            return false;
        }
        used.set(block);
        free--;
        return true;
    }

    /** @throws IOException if there are not so many; none is taken then */
    int[] take(int count) throws IOException {
        if (count > free) {
            throw new IOException(
                    "The metadata region is full: " + count + " blocks are needed, and " + free + " are free.");
        }
        int[] taken = new int[count];
        for (int index = 0; index < count; index++) {
            int block = used.nextClearBit(next);
            if (block >= size) {
                block = used.nextClearBit(0);
            }
            claim(block);
            taken[index] = block;
            next = block + 1;
        }
        return taken;
    }

    void free(int block) {
        used.clear(block);
        free++;
    }
}
