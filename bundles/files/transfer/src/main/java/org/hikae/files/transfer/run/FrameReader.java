package org.hikae.files.transfer.run;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/**
 * Frames off a channel, their checksums checked. What is claimed of lengths is believed within the limits alone. Not
 * thread-safe.
 */
public final class FrameReader implements Closeable {
    private final ReadableByteChannel channel;

    public FrameReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    public FrameReader(InputStream stream) {
        this(Channels.newChannel(stream));
    }

    /**
     * The next frame; null if the channel ends where one could begin.
     *
     * @throws EOFException if it ends within a frame
     * @throws FormatException if there is none, or it is damaged: nothing behind it can be read
     * @throws IOException if the channel cannot be read
     */
    public StoredFrame next() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(FrameHeader.LENGTH);
        if (!fill(head)) {
            return null;
        }
        FrameHeader header = FrameHeader.take(head.flip());
        ByteBuffer bytes = ByteBuffer.allocate(header.frameLength());
        bytes.put(head.flip());
        if (!fill(bytes)) {
            throw new EOFException("frame " + header.number() + " is cut off");
        }
        return FrameCodec.checked(header, bytes.flip());
    }

    /** False if not a byte was there. */
    private boolean fill(ByteBuffer bytes) throws IOException {
        int begin = bytes.position();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                if (bytes.position() == begin) {
                    return false;
                }
                throw new EOFException("a frame is cut off");
            }
        }
        return true;
    }

    /** Closes the channel. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
