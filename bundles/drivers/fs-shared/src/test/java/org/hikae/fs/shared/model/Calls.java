package org.hikae.fs.shared.model;

import java.io.IOException;
import org.hikae.api.fs.FileName;
import org.hikae.api.shared.NewFile;

/** What histories do, to a file system and to the model of one. */
public interface Calls {

    long create(long directory, FileName name, NewFile file) throws IOException;

    void link(long inode, long directory, FileName name) throws IOException;

    void unlink(long directory, FileName name) throws IOException;

    void removeDirectory(long directory, FileName name) throws IOException;

    void rename(long fromDirectory, FileName from, long toDirectory, FileName to, boolean replace) throws IOException;

    void mode(long inode, int mode) throws IOException;

    void attribute(long inode, FileName name, byte[] value) throws IOException;

    void open(long inode, long opener) throws IOException;

    void close(long inode, long opener) throws IOException;

    void forget(long opener) throws IOException;

    /** Writes the same thing to some blocks of a file, and makes it as long as that if it is shorter. */
    void write(long inode, long logical, long count, int what) throws IOException;

    void resize(long inode, long size) throws IOException;
}
