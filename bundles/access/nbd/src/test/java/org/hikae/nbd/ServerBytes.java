package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a server says, taken apart by hand: by the protocol document, not by the server's own code. */
final class ServerBytes {

    static final int ACK = 1;
    static final int SERVER = 2;
    static final int INFO = 3;
    static final int META = 4;
    static final int UNSUP = 0x80000001;
    static final int INVALID = 0x80000003;
    static final int UNKNOWN = 0x80000006;
    static final int TOO_BIG = 0x80000009;

    static final int NONE = 0;
    static final int DATA = 1;
    static final int HOLE = 2;
    static final int BLOCK_STATUS = 5;
    static final int ERROR = 0x8001;

    private final ByteBuffer bytes;

    ServerBytes(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** A reply to an option. */
    @SuppressWarnings("ArrayRecordComponent")
    record Reply(int option, int type, byte[] data) {

        ByteBuffer buffer() {
            return ByteBuffer.wrap(data);
        }

        String text() {
            return new String(data, StandardCharsets.UTF_8);
        }
    }

    /** A simple reply without its data, or a chunk of a structured one: {@code type} is -1 for the former. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int type, boolean last, long cookie, int error, byte[] data) {

        ByteBuffer buffer() {
            return ByteBuffer.wrap(data);
        }

        /** The error of a simple reply or a chunk; 0 for none. */
        int code() {
            return type == ERROR ? buffer().getInt() : error;
        }
    }

    ServerBytes greeting() {
        assertThat(bytes.getLong()).isEqualTo(0x4e42444d41474943L);
        assertThat(bytes.getLong()).isEqualTo(0x49484156454f5054L);
        assertThat(bytes.getShort()).isEqualTo((short) 3);
        return this;
    }

    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }

    int remaining() {
        return bytes.remaining();
    }

    ByteBuffer rest() {
        return bytes.slice();
    }

    Reply reply() {
        assertThat(bytes.getLong()).isEqualTo(0x3e889045565a9L);
        int option = bytes.getInt();
        int type = bytes.getInt();
        return new Reply(option, type, take(bytes.getInt()));
    }

    List<Reply> replies() {
        List<Reply> replies = new ArrayList<>();
        while (bytes.hasRemaining()) {
            replies.add(reply());
        }
        return replies;
    }

    /** @param simpleData bytes that follow a simple reply without an error */
    Answer answer(int simpleData) {
        int magic = bytes.getInt();
        if (magic == 0x67446698) {
            int error = bytes.getInt();
            long cookie = bytes.getLong();
            return new Answer(-1, true, cookie, error, take(error == 0 ? simpleData : 0));
        }
        assertThat(magic).isEqualTo(0x668e33ef);
        boolean last = bytes.getShort() == 1;
        int type = Short.toUnsignedInt(bytes.getShort());
        long cookie = bytes.getLong();
        return new Answer(type, last, cookie, 0, take(bytes.getInt()));
    }

    List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        while (bytes.hasRemaining()) {
            answers.add(answer(0));
        }
        return answers;
    }

    private byte[] take(int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
