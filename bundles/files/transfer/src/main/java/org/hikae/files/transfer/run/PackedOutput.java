package org.hikae.files.transfer.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.hikae.api.fs.FileName;

/** Packs the fields of items. */
final class PackedOutput {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    PackedOutput code(int code) {
        out.write(code);
        return this;
    }

    PackedOutput number(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
        return this;
    }

    PackedOutput count(int count) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(count >>> shift);
        }
        return this;
    }

    PackedOutput raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    PackedOutput bytes(byte[] bytes) {
        return count(bytes.length).raw(bytes);
    }

    PackedOutput name(FileName name) {
        return bytes(name.bytes());
    }

    /** An empty text stands for null. */
    PackedOutput text(String text) {
        return bytes(text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8));
    }

    PackedOutput time(Instant time) {
        return number(time.getEpochSecond()).count(time.getNano());
    }

    PackedOutput timeOrNull(Instant time) {
        return time == null ? code(0) : code(1).time(time);
    }

    int length() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
