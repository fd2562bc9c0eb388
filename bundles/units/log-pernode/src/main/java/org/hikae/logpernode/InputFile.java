package org.hikae.logpernode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hikae.io.BufferedIo;

/** A file of a temporary log, to be read. An interrupt is kept until it is closed. One thread at a time. */
final class InputFile implements Closeable {

    private final Path path;
    private final String node;
    private FileChannel channel;
    private boolean interrupted;

    private InputFile(Path path, String node, FileChannel channel) {
        this.path = path;
        this.node = node;
        this.channel = channel;
    }

    /**
     * Opens a file and checks that it is as it was written.
     *
     * @param size bytes that it must have
     */
    static InputFile open(Path path, FileHeader header, long magic, long size) throws IOException {
        InputFile file = new InputFile(path, header.node(), FileChannel.open(path, StandardOpenOption.READ));
        try {
            if (file.channel.size() != size) {
                throw file.damaged("it has " + file.channel.size() + " bytes, and " + size + " were written");
            }
            ByteBuffer found = ByteBuffer.allocate(FileHeader.BYTES);
            file.read(found, 0);
            if (!header.isIn(found.flip(), magic)) {
                throw file.damaged("its header is damaged, or another log's");
            }
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Fills the buffer. */
    void read(ByteBuffer dst, long at) throws IOException {
        int start = dst.position();
        boolean done = false;
        while (!done) {
            try {
                if (!BufferedIo.read(channel, dst.position(start), at)) {
                    throw damaged("it ends before byte " + (at + dst.limit() - start));
                }
                done = true;
            } catch (ClosedByInterruptException e) {
                interrupted |= Thread.interrupted();
                channel = FileChannel.open(path, StandardOpenOption.READ);
            }
        }
    }

    IOException damaged(String how) {
        return new IOException("the temporary log " + path + " of node '" + node + "' is damaged: " + how);
    }

    @Override
    public void close() throws IOException {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }
}
