package org.hikae.files.client.store;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/** Fields of the client's own files. */
public final class Fields {

    private static final int LONGEST = 1 << 20;

    private Fields() {}

    public static void putTime(DataOutput out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    public static Instant time(DataInput in) throws IOException {
        try {
            return Instant.ofEpochSecond(in.readLong(), in.readInt());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("a time that is none", e);
        }
    }

    /** Null is told from an empty one. */
    public static void putBytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    public static byte[] bytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < -1 || length > LONGEST) {
            throw new IOException("a field of " + length + " bytes");
        }
        byte[] bytes = length < 0 ? null : new byte[length];
        if (bytes != null) {
            in.readFully(bytes);
        }
        return bytes;
    }

    public static void putText(DataOutput out, String text) throws IOException {
        putBytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    public static String text(DataInput in) throws IOException {
        byte[] bytes = bytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * A path that follows another in the order of paths: what they begin with alike is not written again.
     *
     * @param last the path before
     */
    public static void putPath(DataOutput out, byte[] last, byte[] path) throws IOException {
        int differs = Arrays.mismatch(last, path);
        int shared = differs < 0 ? path.length : differs;
        out.writeShort(shared);
        out.writeShort(path.length - shared);
        out.write(path, shared, path.length - shared);
    }

    /** @param last the path before */
    public static byte[] path(DataInput in, byte[] last) throws IOException {
        int shared = in.readUnsignedShort();
        int rest = in.readUnsignedShort();
        if (shared > last.length) {
            throw new IOException("a path that shares more than there is");
        }
        byte[] path = Arrays.copyOf(last, shared + rest);
        in.readFully(path, shared, rest);
        return path;
    }
}
