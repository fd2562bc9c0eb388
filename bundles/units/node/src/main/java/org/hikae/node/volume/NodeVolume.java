package org.hikae.node.volume;

import java.io.Closeable;
import java.io.IOException;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.SharedFileSystem;

/**
 * A node's access to the shared file system of a disk: metadata is asked of the disk's manager, content goes through the
 * node's cache. Thread-safe. After {@link #close} methods throw {@link java.nio.channels.ClosedChannelException}, after the
 * node is gone {@link org.hikae.api.node.NodeGoneException}.
 */
public interface NodeVolume extends Closeable {

    /** Name of the node. */
    String node();

    /** Name of the disk. */
    String disk();

    /** Asks the manager something that changes nothing. Sizes and times of files may be old; see {@link #attributes}. */
    <T> T ask(Call<T> call) throws IOException;

    /**
     * Has the manager change something. It waits while a backup makes its instant. Content and size of files are changed by
     * {@link #open}, their times by {@link #change} only, because of what is in the caches of nodes.
     */
    <T> T mutate(Call<T> call) throws IOException;

    /** Attributes, with the size as it is at this moment, whatever is in which node's cache. */
    FileAttributes attributes(long inode) throws IOException;

    /** As {@link SharedFileSystem#change}, and what was written to the file before changes its times no more. */
    FileAttributes change(long inode, AttributeChange change) throws IOException;

    /**
     * Opens the content of a regular file, also for reading only.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    FileContent open(long inode) throws IOException;

    /** Makes all that was written and changed on this node durable. */
    void force() throws IOException;

    /** Closes what is still open. What was written is written out soon; {@link #force} makes it durable. Idempotent. */
    @Override
    void close() throws IOException;

    /** Something that a shared file system does. */
    @FunctionalInterface
    interface Call<T> {
        T on(SharedFileSystem files) throws IOException;
    }
}
