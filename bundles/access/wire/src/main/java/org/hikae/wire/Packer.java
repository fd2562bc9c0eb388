package org.hikae.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts values into the content of a frame. Texts are in UTF-8, their length before them. */
final class Packer {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Packer number(int number) {
        content.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        return this;
    }

    Packer flag(boolean flag) {
        content.write(flag ? 1 : 0);
        return this;
    }

    Packer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        content.writeBytes(bytes);
        return this;
    }

    Packer texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
        return this;
    }

    byte[] content() {
        return content.toByteArray();
    }
}
