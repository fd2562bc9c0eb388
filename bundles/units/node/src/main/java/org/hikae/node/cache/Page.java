package org.hikae.node.cache;

import java.nio.ByteBuffer;

/**
 * A page of a file in memory, whole and up to date. Its content is guarded by the range locks of its file, all else by the
 * cache.
 */
final class Page {

    final FilePages owner;
    final long index;
    private final ByteBuffer buffer;

    /** A bit for each block of the page that is not on the disk yet. */
    int dirty;

    /** How many are reading or changing it: as long it stays. */
    int uses;

    Page(FilePages owner, long index, ByteBuffer buffer) {
        this.owner = owner;
        this.index = index;
        this.buffer = buffer;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** A part of the content. */
    ByteBuffer part(int from, int length) {
        return buffer.slice(from, length);
    }
}
