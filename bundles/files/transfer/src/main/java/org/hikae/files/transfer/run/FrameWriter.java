package org.hikae.files.transfer.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Puts frames onto a channel, compressed. The channel is the caller's, who closes and forces it. Not thread-safe. */
public final class FrameWriter implements RawFrames, Closeable {
    private final WritableByteChannel channel;
    private final int mark;
    private final FrameCodec codec = new FrameCodec();

    /** @param mark of the run, see {@link RunItem.Start#mark} */
    public FrameWriter(WritableByteChannel channel, int mark) {
        this.channel = channel;
        this.mark = mark;
    }

    @Override
    public void frame(long number, ByteBuffer raw) throws IOException {
        ByteBuffer bytes = codec.encode(number, mark, raw).bytes();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Gives memory back; the channel stays open. */
    @Override
    public void close() {
        codec.close();
    }
}
