package org.hikae.api.block;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whatever can be read like a disk: a disk file, a node's view of a shared disk, a generation seen through its chain.
 *
 * <p>Offsets and lengths are bytes from the start of the device. They need not be aligned to blocks unless an
 * implementation says so. A device whose size is not a multiple of its block size ends in a short block.
 *
 * <p>Reads and writes by several threads at once are safe; two writes to the same bytes at once leave either one's
 * data, block by block. Every method but {@link #close()} throws {@link java.nio.channels.ClosedChannelException}
 * after {@code close}. Threads that call a device must not be interrupted: an interrupt closes the channel below it for
 * everyone.
 */
@ConsumerType
public interface BlockDevice extends Closeable {

    /** Size in bytes, from 0 to {@link Long#MAX_VALUE}. It does not change while the device is open. */
    long size();

    /** Block size in bytes, a power of two from 512 to 65536. */
    int blockSize();

    /** Number of blocks, counting a short one at the end. */
    default long blockCount() {
        return size() / blockSize() + (size() % blockSize() == 0 ? 0 : 1);
    }

    /**
     * Fills the buffer from its position to its limit. On return its position is its limit; after an exception its
     * position and the bytes beyond the old position are undefined.
     *
     * @throws IndexOutOfBoundsException if the bytes asked for do not all lie within the device
     * @throws IOException if the bytes cannot be read, or are known to be damaged: wrong data is never returned
     */
    void read(ByteBuffer dst, long offset) throws IOException;

    /**
     * Writes the buffer from its position to its limit. What is written is seen by every read that begins after this
     * returned, and is durable after the next {@link #force()}.
     *
     * @throws IndexOutOfBoundsException if the bytes do not all lie within the device: a device never grows
     * @throws java.nio.channels.NonWritableChannelException if the device is read-only
     * @throws IOException if the bytes cannot be written; the range may then hold old and new data mixed
     */
    void write(ByteBuffer src, long offset) throws IOException;

    /**
     * Makes {@code length} bytes read as zeros, giving their space back where the device can. Otherwise as
     * {@link #write}.
     */
    void zero(long offset, long length) throws IOException;

    /** Makes all writes that returned before this call durable; returns when they are. */
    void force() throws IOException;

    /** Whether {@link #write} and {@link #zero} are refused. */
    boolean readOnly();

    /**
     * The smallest offset from {@code offset} on that may hold something else than zeros; {@link #size()} if there is
     * none. The bytes skipped read as zeros. A device that cannot tell returns {@code offset}.
     */
    default long nextData(long offset) throws IOException {
        return offset;
    }

    /**
     * The smallest offset from {@code offset} on at which a hole may begin that {@link #nextData} skips;
     * {@link #size()} if there is none. A device that does not look far may return an earlier one, greater than
     * {@code offset}, at which {@link #nextData} finds data after all.
     */
    default long nextHole(long offset) throws IOException {
        return size();
    }
}
