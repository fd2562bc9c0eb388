package org.hikae.nbd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client says, put together by hand: by the protocol document, not by the server's own code. */
final class ClientBytes {

    static final int EXPORT_NAME = 1;
    static final int ABORT = 2;
    static final int LIST = 3;
    static final int STARTTLS = 5;
    static final int INFO = 6;
    static final int GO = 7;
    static final int STRUCTURED = 8;
    static final int LIST_META = 9;
    static final int SET_META = 10;

    static final int READ = 0;
    static final int WRITE = 1;
    static final int DISC = 2;
    static final int FLUSH = 3;
    static final int TRIM = 4;
    static final int CACHE = 5;
    static final int ZEROES = 6;
    static final int STATUS = 7;

    static final int FUA = 1;
    static final int NO_HOLE = 2;
    static final int DF = 4;
    static final int REQ_ONE = 8;
    static final int FAST = 16;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ClientBytes flags(int flags) {
        return raw(ByteBuffer.allocate(4).putInt(flags));
    }

    ClientBytes option(int code, byte... data) {
        raw(ByteBuffer.allocate(16).putLong(0x49484156454f5054L).putInt(code).putInt(data.length));
        return raw(data);
    }

    /** INFO or GO, asking for these items. */
    ClientBytes export(int code, String name, int... infos) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer data = ByteBuffer.allocate(6 + text.length + 2 * infos.length);
        data.putInt(text.length).put(text).putShort((short) infos.length);
        for (int info : infos) {
            data.putShort((short) info);
        }
        return option(code, data.array());
    }

    ClientBytes meta(int code, String name, String... queries) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        text(data, name);
        data.writeBytes(ByteBuffer.allocate(4).putInt(queries.length).array());
        for (String query : queries) {
            text(data, query);
        }
        return option(code, data.toByteArray());
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(ByteBuffer.allocate(4).putInt(utf8.length).array());
        out.writeBytes(utf8);
    }

    ClientBytes request(int flags, int type, long cookie, long offset, long length) {
        return raw(ByteBuffer.allocate(28)
                .putInt(0x25609513)
                .putShort((short) flags)
                .putShort((short) type)
                .putLong(cookie)
                .putLong(offset)
                .putInt((int) length));
    }

    ClientBytes write(int flags, long cookie, long offset, byte... data) {
        return request(flags, WRITE, cookie, offset, data.length).raw(data);
    }

    ClientBytes raw(ByteBuffer buffer) {
        return raw(buffer.array());
    }

    ClientBytes raw(byte... more) {
        bytes.writeBytes(more);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
