package org.hikae.logpernode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hikae.io.BufferedIo;
import org.hikae.io.NoSpaceException;
import org.hikae.io.PrivateFiles;

/** A file that a temporary log is written to. One thread at a time. */
interface Output extends Closeable {

    /**
     * Writes the buffer from its position to its limit.
     *
     * @param at where in the file, in bytes
     * @throws NoSpaceException if there is no room; what was written is behind the buffer's position
     * @throws IOException if it cannot be written
     */
    void write(ByteBuffer src, long at) throws IOException;

    /** A new file, which its owner alone can read. */
    static Output create(Path path) throws IOException {
        FileChannel channel = PrivateFiles.create(path);
        return new Output() {
            @Override
            public void write(ByteBuffer src, long at) throws IOException {
                try {
                    BufferedIo.write(channel, src, at);
                } catch (IOException e) {
                    throw NoSpaceException.ifSo(e, path, src.remaining());
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
