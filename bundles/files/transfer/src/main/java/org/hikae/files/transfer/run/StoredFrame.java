package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;

/**
 * A frame as it is stored and sent.
 *
 * @param header as it stands in {@code bytes}
 * @param bytes header and payload, {@link FrameHeader#frameLength} from the position to the limit; nobody changes them
 */
public record StoredFrame(FrameHeader header, ByteBuffer bytes) {
    public StoredFrame {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** Header and payload, with a position of its own. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** The payload as it is stored, with a position of its own. */
    public ByteBuffer payload() {
        return bytes.slice(bytes.position() + FrameHeader.LENGTH, header.storedLength());
    }

    public long number() {
        return header.number();
    }
}
