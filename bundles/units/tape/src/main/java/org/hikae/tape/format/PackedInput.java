package org.hikae.tape.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Reads what {@link PackedOutput} has written, and trusts none of it. Used by one thread. */
public final class PackedInput {

    private final ByteBuffer bytes;

    public PackedInput(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public byte takeByte() throws DamagedRecordException {
        return need(1).get();
    }

    public int takeInt() throws DamagedRecordException {
        return need(4).getInt();
    }

    public long takeLong() throws DamagedRecordException {
        return need(8).getLong();
    }

    /** A number that is no less than 0. */
    public long takeLength() throws DamagedRecordException {
        long length = takeLong();
        if (length < 0) {
            throw new DamagedRecordException("there is a length of " + length);
        }
        return length;
    }

    public UUID takeId() throws DamagedRecordException {
        return new UUID(takeLong(), takeLong());
    }

    public byte[] takeBytes() throws DamagedRecordException {
        byte[] taken = new byte[takeCount(1)];
        bytes.get(taken);
        return taken;
    }

    /** Null if null was written. */
    public String takeText() throws DamagedRecordException {
        int at = bytes.position();
        if (takeInt() == -1) {
            return null;
        }
        bytes.position(at);
        byte[] text = takeBytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            DamagedRecordException damaged = new DamagedRecordException("there is a text that is no UTF-8");
            damaged.initCause(e);
            throw damaged;
        }
    }

    /**
     * The number of things that follow.
     *
     * @param least bytes that each takes
     */
    public int takeCount(int least) throws DamagedRecordException {
        int count = takeInt();
        if (count < 0 || (long) count * least > bytes.remaining()) {
            throw new DamagedRecordException("there are said to be " + count + " things, which do not fit");
        }
        return count;
    }

    /** Whether nothing is left. */
    public boolean isAtEnd() {
        return !bytes.hasRemaining();
    }

    /** @throws DamagedRecordException if something is left */
    public void end() throws DamagedRecordException {
        if (bytes.hasRemaining()) {
            throw new DamagedRecordException("there are " + bytes.remaining() + " bytes too many");
        }
    }

    private ByteBuffer need(int count) throws DamagedRecordException {
        if (bytes.remaining() < count) {
            throw new DamagedRecordException("the bytes end too early");
        }
        return bytes;
    }
}
