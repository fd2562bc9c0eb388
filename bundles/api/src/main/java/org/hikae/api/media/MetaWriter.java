package org.hikae.api.media;

import java.io.IOException;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.osgi.annotation.versioning.ProviderType;

/** Takes the meta information of a group's files (b.6, [0094]) for a generation. For one thread. */
@ProviderType
public interface MetaWriter {

    /**
     * Adds a file: its path, attributes, extended attributes, where its content lies, and what of it lies in no block, such as
     * a symlink's target.
     *
     * @param file each path once, a directory before what is in it, beginning with the root
     * @param source is asked for all else of the file
     * @throws IOException if the source or the medium fails
     */
    void add(FileEntry file, FileSystem source) throws IOException;
}
