package org.hikae.node.cache;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.hikae.io.Buffers;

/**
 * Memory for pages, cut from larger pieces, since each piece costs one more page for its alignment. It is used again, never
 * given back. Not thread-safe.
 */
final class PagePool {

    private static final int PIECE = 1 << 20;

    /** Free pages by size. */
    private final Map<Integer, Deque<ByteBuffer>> free = new HashMap<>();

    /** A page with any content. */
    ByteBuffer take(int size) {
        Deque<ByteBuffer> pages = free.computeIfAbsent(size, any -> new ArrayDeque<>());
        if (pages.isEmpty()) {
            ByteBuffer piece = Buffers.allocate(PIECE);
            for (int at = 0; at < PIECE; at += size) {
                pages.addFirst(piece.slice(at, size));
            }
        }
        return pages.removeFirst();
    }

    void give(ByteBuffer page) {
        free.get(page.capacity()).addFirst(page);
    }
}
