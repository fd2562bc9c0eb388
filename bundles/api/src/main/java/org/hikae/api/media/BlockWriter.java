package org.hikae.api.media;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes copied blocks into a generation: one worker's, one thread at a time. It owns its buffers: zero blocks are
 * found and recorded, the rest is compressed into frames and written.
 */
@ProviderType
public interface BlockWriter extends Closeable {

    /** Largest number of bytes in a call of {@link #write}; writes should start at its multiples on the disk. */
    int FRAME_BYTES = 1 << 20;

    /**
     * Writes consecutive blocks. When this returns, what was written survives the loss of the worker (R7).
     *
     * @param data contents of the blocks, {@code run.count()} times the block size, at most {@link #FRAME_BYTES}, read
     *     from position to limit; a direct buffer is fastest. May be changed by the call.
     * @throws IOException if it cannot be written: the writer cannot be completed any more
     */
    void write(BlockRun run, ByteBuffer data) throws IOException;

    /** Records blocks that read as zeros, without any data. */
    void zeros(BlockRun run) throws IOException;

    /** Makes everything written durable. Called once, last, before {@link #close}. */
    void complete() throws IOException;

    /** Releases the writer; what was not completed is dropped. Idempotent. */
    @Override
    void close();
}
