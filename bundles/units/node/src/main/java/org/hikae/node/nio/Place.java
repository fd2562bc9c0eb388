package org.hikae.node.nio;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/** Where a path leads to. */
sealed interface Place {

    /**
     * A file.
     *
     * @param directory number of the directory that it is in; 0 if it has no name
     * @param name the last one, after all symlinks; null if the way ends at the root, or with a dot or two
     * @param file its attributes, with the size that the file system knows of, see {@link FileTree#attributes}
     * @param trail the names from the root to it, without symlinks and dots
     */
    record Found(long directory, FileName name, FileAttributes file, List<FileName> trail) implements Place {

        boolean is(FileType type) {
            return file.type() == type;
        }
    }

    /**
     * Nothing, but a directory in which it could be.
     *
     * @param directory attributes of the directory
     * @param name the one that is not there
     */
    record Missing(FileAttributes directory, FileName name) implements Place {}

    /**
     * Not even a directory in which it could be.
     *
     * @param file what stands where a directory would have to be; null if nothing does
     */
    record Nowhere(String file) implements Place {

        /** As a failure of a call with that path. */
        FileSystemException failure(NodePath path) {
            return file == null
                    ? new NoSuchFileException(path.toString())
                    : new FileSystemException(path.toString(), null, "Not a directory: " + file);
        }
    }
}
