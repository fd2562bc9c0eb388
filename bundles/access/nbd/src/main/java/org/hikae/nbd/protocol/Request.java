package org.hikae.nbd.protocol;

import java.nio.ByteBuffer;

/**
 * A request as it came.
 *
 * @param flags bits of {@link CommandFlag}, and perhaps others
 * @param type the number of the command, perhaps an unknown one
 * @param cookie what the client knows the request by
 * @param offset bytes; negative if it is beyond 2^63
 * @param length bytes, from 0 to 2^32 - 1
 */
public record Request(int flags, int type, long cookie, long offset, long length) {

    /** Bytes of a request on the wire. */
    public static final int BYTES = 28;

    private static final int MAGIC = 0x25609513;

    /**
     * Takes a request from the buffer, which has {@link #BYTES} of it.
     *
     * @throws ProtocolException if there is none
     */
    public static Request take(ByteBuffer buffer) throws ProtocolException {
        int magic = buffer.getInt();
        if (magic != MAGIC) {
            throw new ProtocolException("a request begins with " + Integer.toHexString(magic));
        }
        return new Request(
                Short.toUnsignedInt(buffer.getShort()),
                Short.toUnsignedInt(buffer.getShort()),
                buffer.getLong(),
                buffer.getLong(),
                Integer.toUnsignedLong(buffer.getInt()));
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether all of its bytes lie within a device of that size. */
    public boolean isWithin(long size) {
        return offset >= 0 && length <= size && offset <= size - length;
    }
}
