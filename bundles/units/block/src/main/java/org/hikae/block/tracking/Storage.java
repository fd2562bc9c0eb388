package org.hikae.block.tracking;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The folder of what the home keeps of one disk, as plain as an operating system offers it: what is not forced may be gone, or there
 * in part, after a crash. Tests put a folder in its place that crashes and fails at will. Thread-safe.
 */
public interface Storage {

    /** The names of all files; none if the folder is not there. */
    List<String> list() throws IOException;

    /**
     * The content of a file; null if there is none.
     *
     * @param limit bytes; of a longer file so many and one more are read
     */
    byte[] read(String name, int limit) throws IOException;

    /** Makes a file, or empties the one that is there, and writes it; makes the folder, too. */
    void write(String name, byte[] content) throws IOException;

    /** Makes the content of a file durable. */
    void force(String name) throws IOException;

    /** Gives a file another name, in place of a file that has it. */
    void rename(String from, String to) throws IOException;

    /** Removes a file; does nothing if there is none. */
    void delete(String name) throws IOException;

    /** Makes durable which names there are, and of what. */
    void forceFolder() throws IOException;

    /** Opens a file that exists for writing in place. */
    OpenFile open(String name) throws IOException;

    /** A file that is written in place. */
    interface OpenFile extends Closeable {

        void write(ByteBuffer src, long position) throws IOException;

        void force() throws IOException;
    }
}
