package org.hikae.api.media;

import java.io.IOException;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A generation as a read-only device (c.1): what a reader of the disk would have read at T0. Outside its {@link #set} a generation
 * of a whole disk reads as zeros; one of a group cannot be read there, and calls nothing there a hole (R2, b.6). Every frame is
 * checked against its checksum before anything of it is returned.
 *
 * <p>Reads that start at multiples of {@link BlockWriter#FRAME_BYTES} and are that long cost one frame each.
 */
@ProviderType
public interface GenerationReader extends BlockDevice {

    GenerationInfo info();

    /**
     * The blocks that the generation answers for.
     *
     * @throws IOException if its index cannot be read
     */
    BlockSet set() throws IOException;

    /**
     * The files of the group, by the meta information of these alone (b.6). Their numbers are not those that they had on the disk.
     * The reader stays open as long as it is used.
     *
     * @return empty if the generation has none: its files are those of the file system on this device
     * @throws IOException if the meta information is damaged
     */
    Optional<FileSystem> openMeta() throws IOException;

    /**
     * The files of the generation, all that are visible in it (b.6). The reader stays open as long as they are used.
     *
     * @throws IOException as {@link Disks#openFileSystem}, or if meta information is damaged
     */
    default FileSystem openFileSystem(Disks disks) throws IOException {
        Optional<FileSystem> group = openMeta();
        return group.isPresent() ? group.get() : disks.openFileSystem(info().format(), this);
    }

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
