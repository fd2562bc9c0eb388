package org.hikae.api.media;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A generation as a read-only device (c.1): what a reader of the disk would have read at T0. Every frame is checked
 * against its checksum before anything of it is returned.
 *
 * <p>Reads that start at multiples of {@link BlockWriter#FRAME_BYTES} and are that long cost one frame each.
 */
@ProviderType
public interface GenerationReader extends BlockDevice {

    GenerationInfo info();

    /**
     * The blocks that the generation answers for; others read as zeros (R2).
     *
     * @throws IOException if its index cannot be read
     */
    BlockSet set() throws IOException;

    /**
     * The blocks of its {@link #set} that it holds itself, or a generation between it and an older one does: what was stored
     * after that one (a.11).
     *
     * @param ancestor id of a generation that it builds upon, directly or not
     * @throws IOException if it builds upon no such generation, or an index cannot be read
     */
    BlockSet storedSince(String ancestor) throws IOException;

    /** How many generations were asked for a block so far, on average; 0 before the first read. It grows with the chain. */
    double generationsAsked();
}
