package org.hikae.node.cache;

/** Memory of a cache that an operation has for new pages. For one thread; what is left at the end is given back. */
final class Room implements AutoCloseable {

    private final PageCache cache;
    private long bytes;

    Room(PageCache cache, long bytes) {
        this.cache = cache;
        this.bytes = bytes;
    }

    /** A page takes its part of the room. */
    void take(int pageSize) {
        if (bytes < pageSize) {
            throw new IllegalStateException("more pages than there is room for");
        }
        bytes -= pageSize;
    }

    @Override
    public void close() {
        if (bytes > 0) {
            cache.giveBack(bytes);
        }
    }
}
