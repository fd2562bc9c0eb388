package org.hikae.tapevirtual;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes the bytes of a tape file as the format's description has them, without the code that is tested. */
final class TapBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    /** Where each object begins. */
    private final List<Integer> starts = new ArrayList<>();

    TapBytes record(byte[] data) {
        return record(data, data.length);
    }

    /** A record that is marked as one with an error. */
    TapBytes bad(byte[] data) {
        return record(data, data.length | 0x80000000);
    }

    private TapBytes record(byte[] data, int word) {
        starts.add(bytes.size());
        put(word);
        bytes.writeBytes(data);
        if (data.length % 2 != 0) {
            bytes.write(0);
        }
        put(word);
        return this;
    }

    TapBytes filemark() {
        starts.add(bytes.size());
        put(0);
        return this;
    }

    TapBytes word(int word) {
        put(word);
        return this;
    }

    TapBytes halfWord(int halfWord) {
        bytes.write(halfWord);
        bytes.write(halfWord >> 8);
        return this;
    }

    private void put(int word) {
        bytes.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .array());
    }

    List<Integer> starts() {
        return starts;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
