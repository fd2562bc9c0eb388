package org.hikae.shell.tree;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** What a copy needs of a file system and Java has no way for, or not for all names that there are. */
interface Side {

    /** The last name of a path, as it is on disk. */
    byte[] name(Path file);

    /** The file of that name in a folder. */
    Path child(Path folder, byte[] name) throws IOException;

    byte[] target(Path symlink) throws IOException;

    void createSymlink(Path place, byte[] target) throws IOException;

    /** Creates a FIFO, socket or device that only its owner can use. */
    void createSpecial(Path place, FileFacts like) throws IOException;

    /** Sets the times of access and modification; a symlink is not followed. */
    void setTimes(Path place, FileFacts like) throws IOException;

    /** What can be done with files of this path's file system. */
    static Side of(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault()) ? new MachineSide() : new AnySide();
    }
}
