package org.hikae.tape.store.write;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.format.RecordSizes;

/** A record of data on its way to the tape. It is sealed when its position is known, and again if it has to go elsewhere. */
final class Piece {

    /** Room for the header, then the payload. */
    final ByteBuffer buffer;

    final long object;
    final long offset;

    /** Bytes of the payload so far. */
    int length;

    /** On the cartridge that it was written to last. */
    long position;

    Piece(ByteBuffer buffer, long object, long offset) {
        this.buffer = buffer;
        this.object = object;
        this.offset = offset;
    }

    /** Takes bytes, as many as there is room for. */
    void take(ByteBuffer src, RecordSizes sizes) {
        int count = Math.min(src.remaining(), sizes.payload() - length);
        int at = RecordHeader.BYTES + length;
        buffer.put(at, src, src.position(), count);
        src.position(src.position() + count);
        length += count;
    }

    boolean isFull(RecordSizes sizes) {
        return length == sizes.payload();
    }

    /** The record, ready to be written at a position. */
    ByteBuffer seal(UUID session, long at, RecordSizes sizes) {
        position = at;
        int end = sizes.record(length);
        for (int i = RecordHeader.BYTES + length; i < end; i++) {
            buffer.put(i, (byte) 0);
        }
        new RecordHeader(RecordHeader.Kind.DATA, length, at, session, object, offset).seal(buffer);
        return buffer.duplicate().clear().limit(end);
    }
}
