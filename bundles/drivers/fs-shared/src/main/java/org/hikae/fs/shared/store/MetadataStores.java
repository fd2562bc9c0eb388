package org.hikae.fs.shared.store;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;

/** Makes and opens the metadata of a file system. The device stays the caller's to close. */
public final class MetadataStores {

    private MetadataStores() {}

    /** Makes empty tables; what was in the places that the superblock names is gone. The superblock is not written. */
    public static void format(BlockDevice device, Superblock superblock) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens the tables, and finishes what a crash has interrupted.
     *
     * @throws org.hikae.api.fs.FileSystemRefusedException if they are damaged
     */
    public static MetadataStore open(BlockDevice device, Superblock superblock) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** As {@link #open}, without writing anything: what the journal says is laid over in memory. Changes are refused. */
    public static MetadataStore openReadOnly(BlockDevice device, Superblock superblock) throws IOException {
        throw new UnsupportedOperationException();
    }
}
