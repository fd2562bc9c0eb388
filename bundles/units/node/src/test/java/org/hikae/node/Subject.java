package org.hikae.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.node.volume.FileContent;
import org.hikae.node.volume.NodeVolume;

/** What histories read and write on a node: a disk as a whole, or a file. */
interface Subject extends Closeable {

    /** Fills the buffer from 0 as far as there is something, and sets its limit. */
    void read(ByteBuffer buffer, long offset) throws IOException;

    void write(ByteBuffer src, long offset) throws IOException;

    void force() throws IOException;

    static Subject of(BlockDevice device) {
        return new Subject() {
            @Override
            public void read(ByteBuffer buffer, long offset) throws IOException {
                device.read(buffer, offset);
                buffer.flip();
            }

            @Override
            public void write(ByteBuffer src, long offset) throws IOException {
                device.write(src, offset);
            }

            @Override
            public void force() throws IOException {
                device.force();
            }

            @Override
            public void close() throws IOException {
                device.close();
            }
        };
    }

    static Subject of(NodeVolume volume, long inode) throws IOException {
        FileContent content = volume.open(inode);
        return new Subject() {
            @Override
            public void read(ByteBuffer buffer, long offset) throws IOException {
                content.read(buffer, offset);
                buffer.flip();
            }

            @Override
            public void write(ByteBuffer src, long offset) throws IOException {
                content.write(src, offset);
            }

            @Override
            public void force() throws IOException {
                content.force(false);
            }

            @Override
            public void close() throws IOException {
                volume.close();
            }
        };
    }
}
