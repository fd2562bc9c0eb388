package org.hikae.rules;

/**
 * A worker of a copy, {@code BackUpWorker}.
 *
 * @param chunk the blocks that it was dealt; 0: none
 * @param toCopy those of them that need be copied
 * @param left those that are yet to be read, or to be written
 * @param late of what it has read, what was overwritten after T0
 */
record Copier(At at, int chunk, int toCopy, int left, int late) {

    static final Copier IDLE = new Copier(At.IDLE, 0, 0, 0, 0);
    static final Copier GONE = new Copier(At.GONE, 0, 0, 0, 0);

    enum At {
        IDLE,
        DEALT,
        READING,
        READ,
        /** Has looked what is listed, and has not written yet: with the latch there is no such moment. */
        LOOKED,
        WRITTEN,
        /** Has said that the chunk is copied, and nothing to whom deals chunks. */
        PUBLISHED,
        GONE
    }

    static Copier dealt(int chunk) {
        return new Copier(At.DEALT, chunk, 0, 0, 0);
    }

    Copier reading(int blocks) {
        return new Copier(blocks == 0 ? At.WRITTEN : At.READING, chunk, blocks, blocks, 0);
    }

    Copier read(int block, int disk) {
        int rest = left & ~block;
        return new Copier(rest == 0 ? At.READ : At.READING, chunk, toCopy, rest, late | disk & block);
    }

    Copier looked(int blocks) {
        return new Copier(At.LOOKED, chunk, toCopy, blocks, late);
    }

    Copier at(At other) {
        return new Copier(other, chunk, toCopy, 0, late);
    }

    boolean isGone() {
        return at == At.GONE;
    }

    /** Whether it has nothing that others could wait for. */
    boolean isIdle() {
        return at == At.IDLE || isGone();
    }
}
