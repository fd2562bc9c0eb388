package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.cache.PageRange;

/** Where the pages of a file lie when they are not cached. Thread-safe, as long as no two touch the same page. */
interface Backing {

    int pageSize();

    /** Bytes of a part of a page that can be written by itself. */
    int blockSize();

    /** Fills the buffer; where there is nothing, with zeros. All of it lies before the end of the file. */
    void read(ByteBuffer dst, long offset) throws IOException;

    /** Writes whole blocks, one call at a time. What lies after the end of the device is left out. */
    void write(ByteBuffer src, long offset) throws IOException;

    /** As {@link #write}, of blocks that are content to their last byte: the file is as long as they reach, if it was shorter. */
    void extend(ByteBuffer src, long offset) throws IOException;

    /**
     * Sees to it that there will be room for pages that are about to become dirty.
     *
     * @throws IOException if there is none; nothing was changed
     */
    void promise(PageRange pages) throws IOException;

    /** Pages that were dirty will never be written. */
    void dropped(PageRange pages) throws IOException;

    /** Leases have come or gone: others may have changed where pages lie. */
    void changed();
}
