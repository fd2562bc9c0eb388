package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.hikae.api.fs.FileName;

/** Takes the fields of items out of bytes, and trusts none of them. */
final class PackedInput {
    private final ByteBuffer in;

    PackedInput(ByteBuffer in) {
        this.in = in;
    }

    int code() throws FormatException {
        require(1);
        return in.get() & 0xFF;
    }

    long number() throws FormatException {
        require(Long.BYTES);
        return in.getLong();
    }

    int count() throws FormatException {
        require(Integer.BYTES);
        return in.getInt();
    }

    byte[] raw(int length) throws FormatException {
        require(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    byte[] bytes(int max) throws FormatException {
        int length = count();
        if (length > max) {
            throw new FormatException("a field of " + length + " bytes: " + max + " are allowed");
        }
        return raw(length);
    }

    FileName name(int max) throws FormatException {
        return FileName.of(bytes(max));
    }

    /** Null if it is empty. */
    String text(int max) throws FormatException {
        byte[] bytes = bytes(max);
        try {
            return bytes.length == 0
                    ? null
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("a text that is not in UTF-8");
        }
    }

    Instant time() throws FormatException {
        long seconds = number();
        int nanos = count();
        if (nanos < 0 || nanos > 999_999_999) {
            throw new FormatException("a time with " + nanos + " nanoseconds");
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new FormatException("a time of " + seconds + " seconds");
        }
    }

    Instant timeOrNull() throws FormatException {
        int there = code();
        if (there > 1) {
            throw new FormatException("a time of kind " + there);
        }
        return there == 0 ? null : time();
    }

    boolean hasRemaining() {
        return in.hasRemaining();
    }

    int remaining() {
        return in.remaining();
    }

    /** All that is left. */
    ByteBuffer rest() {
        ByteBuffer rest = in.slice().asReadOnlyBuffer();
        in.position(in.limit());
        return rest;
    }

    void end() throws FormatException {
        if (in.hasRemaining()) {
            throw new FormatException("an item with " + in.remaining() + " bytes too many");
        }
    }

    private void require(int bytes) throws FormatException {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new FormatException("an item that is cut off");
        }
    }
}
