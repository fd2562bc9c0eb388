package org.hikae.node.volume;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The content of an open regular file as one node sees it: a read sees the last completed write of any node (I4), also of a
 * write that is still in the cache of its node. The file is there until it is closed, whatever becomes of its names.
 * Thread-safe: of operations that overlap in time, each page shows one before the other.
 *
 * <p>Offsets and sizes are bytes, from 0 to {@link #MAX_SIZE}. After {@link #close} every method throws
 * {@link java.nio.channels.ClosedChannelException}; after the node is gone, {@link org.hikae.api.node.NodeGoneException}.
 */
public interface FileContent extends Closeable {

    /** The largest size of a file. */
    long MAX_SIZE = 1L << 62;

    /** The size, with what other nodes have added. */
    long size() throws IOException;

    /**
     * Reads as much as there is room for and the file has from the offset on; what was never written is zeros.
     *
     * @return number of bytes; -1 if the offset is at the end of the file or after it, and there is room for a byte
     */
    int read(ByteBuffer dst, long offset) throws IOException;

    /**
     * Writes the whole buffer. A write after the end makes the file longer, with zeros in between. If it fails, what the
     * buffer's position has passed was written.
     *
     * @throws org.hikae.api.shared.FileSystemFullException if there is no room
     */
    void write(ByteBuffer src, long offset) throws IOException;

    /**
     * Writes the whole buffer at the end of the file, whoever else appends at the same time: as one piece.
     *
     * @return where it went
     */
    long append(ByteBuffer src) throws IOException;

    /** Makes the file so long: shorter, or longer with zeros. */
    void resize(long size) throws IOException;

    /**
     * Makes all writes to the file that returned on this node durable, and all that is needed to read them again.
     *
     * @param metadata whether times and attributes have to be durable too
     * @throws IOException if something cannot be written; it stays in the cache, and the next call tries again
     */
    void force(boolean metadata) throws IOException;

    /** Others see size and time of modification from now on. Durable only after {@link #force}. Idempotent. */
    @Override
    void close() throws IOException;
}
