package org.hikae.api.copy;

import java.io.IOException;
import org.hikae.api.job.Progress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The copy manager (25): moves blocks in disk order, in long runs, with several workers that read, compress and write
 * at the same time. Memory is bounded by the number of workers. Thread-safe.
 */
@ProviderType
public interface CopyManager {

    /**
     * Copies the wanted blocks of a disk into a generation. Holes are recorded as zeros without being read. Nodes take their
     * work from one queue, as fast as they can and may; between chunks it can be paused ({@link Progress#pass}).
     *
     * @throws java.util.concurrent.CancellationException if the progress was cancelled; workers have ended
     * @throws IOException if a source or the generation fails, or all nodes were removed; workers have ended
     */
    CopyReport backUp(BackUpCopy copy, Progress progress) throws IOException;

    /**
     * Copies the whole of a generation onto a device; zeros become holes where the device can.
     *
     * @throws java.util.concurrent.CancellationException if the progress was cancelled; workers have ended, and the
     *     target holds a part
     * @throws IOException if the generation is damaged or the target fails; workers have ended, and the target holds a
     *     part
     */
    CopyReport restore(RestoreCopy copy, Progress progress) throws IOException;
}
