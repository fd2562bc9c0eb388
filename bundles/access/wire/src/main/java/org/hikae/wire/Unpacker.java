package org.hikae.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes values out of the content of a frame, and trusts none of it. */
final class Unpacker {
    private final ByteBuffer content;

    Unpacker(byte[] content) {
        this.content = ByteBuffer.wrap(content);
    }

    int number() throws ProtocolException {
        require(Integer.BYTES);
        return content.getInt();
    }

    boolean flag() throws ProtocolException {
        require(1);
        return content.get() != 0;
    }

    String text() throws ProtocolException {
        int length = number();
        require(length);
        ByteBuffer bytes = content.slice(content.position(), length);
        content.position(content.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException("a text that is not in UTF-8");
        }
    }

    List<String> texts() throws ProtocolException {
        int count = number();
        require(Math.multiplyFull(count, Integer.BYTES));
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return List.copyOf(texts);
    }

    void end() throws ProtocolException {
        if (content.hasRemaining()) {
            throw new ProtocolException("a frame with " + content.remaining() + " bytes too many");
        }
    }

    private void require(long bytes) throws ProtocolException {
        if (bytes < 0 || bytes > content.remaining()) {
            throw new ProtocolException("a frame that is cut off");
        }
    }
}
