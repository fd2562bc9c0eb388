package org.hikae.wire;

import java.nio.ByteBuffer;

/** A message: its type and its content. */
public record Frame(FrameType type, byte[] content) {

    /** The content as a number. */
    public int number() throws ProtocolException {
        if (content.length != Integer.BYTES) {
            throw new ProtocolException("a frame " + type + " of " + content.length + " bytes");
        }
        return ByteBuffer.wrap(content).getInt();
    }
}
