package org.hikae.nbd.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.hikae.nbd.protocol.OptionReply;

/** What comes with an option, taken apart from its beginning on. */
final class OptionData {

    /** Bytes of the longest text that the protocol allows. */
    private static final int LONGEST = 4096;

    private final ByteBuffer bytes;

    OptionData(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int number() throws RefusedException {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    short shortNumber() throws RefusedException {
        require(Short.BYTES);
        return bytes.getShort();
    }

    /** A text after its length. */
    String text() throws RefusedException {
        return text(number());
    }

    /** A text that is all there is. */
    String rest() throws RefusedException {
        return text(bytes.remaining());
    }

    private String text(int length) throws RefusedException {
        if (Integer.compareUnsigned(length, LONGEST) > 0) {
            throw new RefusedException(OptionReply.ERR_TOO_BIG, "a text is longer than " + LONGEST + " bytes");
        }
        require(length);
        ByteBuffer text = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw invalid("a text is not in UTF-8");
        }
    }

    void end() throws RefusedException {
        if (bytes.hasRemaining()) {
            throw invalid("there are " + bytes.remaining() + " bytes too many");
        }
    }

    private void require(int length) throws RefusedException {
        if (bytes.remaining() < length) {
            throw invalid("there are " + (length - bytes.remaining()) + " bytes too few");
        }
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(OptionReply.ERR_INVALID, message);
    }
}
