package org.hikae.api.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A device that is never written: a view of another one, or a disk of the past. What {@link BlockDevice} says of reads and
 * of threads holds for it too; there is nothing to make durable.
 */
@ConsumerType
public interface ReadOnlyBlockDevice extends BlockDevice {

    /** @throws NonWritableChannelException always */
    @Override
    default void write(ByteBuffer src, long offset) throws IOException {
        throw new NonWritableChannelException();
    }

    /** @throws NonWritableChannelException always */
    @Override
    default void zero(long offset, long length) throws IOException {
        throw new NonWritableChannelException();
    }

    /** Returns at once. */
    @Override
    default void force() throws IOException {}

    /** Always true. */
    @Override
    default boolean readOnly() {
        return true;
    }
}
