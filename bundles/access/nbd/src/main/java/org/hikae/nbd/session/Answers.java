package org.hikae.nbd.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hikae.nbd.protocol.ErrorCode;
import org.hikae.nbd.protocol.Limits;
import org.hikae.nbd.protocol.Output;

/** Replies to requests, simple or structured. Thread-safe. */
final class Answers {

    /** What a chunk of a structured reply is. */
    private enum Chunk {
        NONE(0),
        DATA(1),
        HOLE(2),
        BLOCK_STATUS(5),
        ERROR(1 << 15 | 1);

        private final short code;

        Chunk(int code) {
            this.code = (short) code;
        }
    }

    private static final int SIMPLE_MAGIC = 0x67446698;
    private static final int CHUNK_MAGIC = 0x668e33ef;
    private static final short DONE = 1;
    private static final int SIMPLE_BYTES = 16;
    private static final int CHUNK_BYTES = 20;
    /** Bytes of the longest message to people. */
    private static final int LONGEST = 1024;

    private final Output output;
    private final boolean structured;

    Answers(Output output, boolean structured) {
        this.output = output;
        this.structured = structured;
    }

    boolean structured() {
        return structured;
    }

    void done(long cookie) throws IOException {
        output.send(simple(cookie, 0));
    }

    void failed(long cookie, ErrorCode code, String message) throws IOException {
        if (!structured) {
            output.send(simple(cookie, code.code()));
            return;
        }
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, LONGEST);
        output.send(chunk(Chunk.ERROR, true, cookie, Integer.BYTES + Short.BYTES + length)
                .putInt(code.code())
                .putShort((short) length)
                .put(text, 0, length)
                .flip());
    }

    /** A chunk of data that was read, the last one or not. */
    void data(long cookie, long offset, Payload payload, int length, boolean last) throws IOException {
        ByteBuffer header = header(Chunk.DATA, last, cookie, Long.BYTES + length, Long.BYTES)
                .putLong(offset)
                .flip();
        output.send(payload.message(header, length));
    }

    /** A chunk that says where there is nothing but zeros. */
    void hole(long cookie, long offset, int length, boolean last) throws IOException {
        output.send(chunk(Chunk.HOLE, last, cookie, Long.BYTES + Integer.BYTES)
                .putLong(offset)
                .putInt(length)
                .flip());
    }

    /** An empty answer to a read. */
    void nothing(long cookie) throws IOException {
        output.send(structured ? chunk(Chunk.NONE, true, cookie, 0).flip() : simple(cookie, 0));
    }

    /** @param extents lengths and states, in turn */
    void blockStatus(long cookie, ByteBuffer extents) throws IOException {
        output.send(chunk(Chunk.BLOCK_STATUS, true, cookie, Integer.BYTES + extents.remaining())
                .putInt(Limits.ALLOCATION_ID)
                .put(extents)
                .flip());
    }

    /** All data of a simple reply, if they fit into one payload. */
    void simpleData(long cookie, Payload payload, int length) throws IOException {
        output.send(payload.message(simple(cookie, 0), length));
    }

    /** The data of a simple reply that is longer than a payload. */
    void simpleData(long cookie, SimpleReading reading) throws IOException {
        output.send(() -> {
            output.write(simple(cookie, 0));
            reading.run(output::write);
        });
    }

    private static ByteBuffer simple(long cookie, int error) {
        return ByteBuffer.allocate(SIMPLE_BYTES)
                .putInt(SIMPLE_MAGIC)
                .putInt(error)
                .putLong(cookie)
                .flip();
    }

    private static ByteBuffer chunk(Chunk chunk, boolean last, long cookie, int length) {
        return header(chunk, last, cookie, length, length);
    }

    /** @param room bytes after the header that the buffer has room for */
    private static ByteBuffer header(Chunk chunk, boolean last, long cookie, int length, int room) {
        return ByteBuffer.allocate(CHUNK_BYTES + room)
                .putInt(CHUNK_MAGIC)
                .putShort(last ? DONE : 0)
                .putShort(chunk.code)
                .putLong(cookie)
                .putInt(length);
    }

    /** Sends data piece by piece, after the header has said that all is well. */
    @FunctionalInterface
    interface SimpleReading {
        void run(Sink sink) throws IOException;
    }

    /** Where pieces go. */
    @FunctionalInterface
    interface Sink {
        void send(ByteBuffer piece) throws IOException;
    }
}
