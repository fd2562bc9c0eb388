package org.hikae.itests.app;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.zip.CRC32C;

/** A run made by hand as docs/formats/file-run.md has it, with whatever values: its checksums are right. */
final class CraftedRun {

    static final int PLAIN = 0;
    static final int ZSTD = 1;
    private static final int MARK = 2;

    /** Of every crafted run. */
    static final UUID IDENTITY = new UUID(1, MARK);

    private static final int FOLDER_TYPE = 1;
    private static final int LINK_TYPE = 2;

    private final ByteArrayOutputStream items = new ByteArrayOutputStream();
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private byte[] running = new byte[32];
    private int count;
    private long files;
    private long gone;
    private long content;

    /** Fields of an item. */
    @FunctionalInterface
    interface Fields {
        void to(DataOutputStream out) throws IOException;
    }

    CraftedRun(String backup, long number, long base) {
        item(1, out -> {
            out.writeLong(1);
            out.writeLong(MARK);
            text(out, backup);
            out.writeLong(number);
            out.writeLong(base);
            time(out);
        });
    }

    static void name(DataOutputStream out, byte[] name) throws IOException {
        out.writeInt(name.length);
        out.write(name);
    }

    static void text(DataOutputStream out, String text) throws IOException {
        name(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static void time(DataOutputStream out) throws IOException {
        out.writeLong(1_000_000_000);
        out.writeInt(0);
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    CraftedRun item(int kind, Fields fields) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            fields.to(new DataOutputStream(bytes));
            DataOutputStream out = new DataOutputStream(items);
            out.writeByte(kind);
            out.writeInt(bytes.size());
            bytes.writeTo(out);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private CraftedRun entry(byte[] path, int type, long size, byte[] target, Fields rest) {
        files++;
        return item(2, out -> {
            name(out, path);
            out.writeByte(type);
            out.writeInt(0644);
            out.writeInt(0);
            out.writeInt(0);
            text(out, "");
            text(out, "");
            time(out);
            time(out);
            out.writeByte(0);
            out.writeByte(0);
            out.writeLong(size);
            name(out, target);
            out.writeLong(0);
            out.writeLong(0);
            out.writeInt(0);
            rest.to(out);
        });
    }

    /** A file with its content. */
    CraftedRun file(byte[] path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        begin(path, bytes.length);
        data(0, bytes);
        return end(sha256(bytes));
    }

    CraftedRun file(String path, String text) {
        return file(latin1(path), text);
    }

    /** A file whose content is to follow. */
    CraftedRun begin(byte[] path, long size) {
        return entry(path, 0, size, new byte[0], out -> out.writeByte(1));
    }

    CraftedRun data(long offset, byte[] bytes) {
        content += bytes.length;
        return item(3, out -> {
            out.writeLong(offset);
            out.write(bytes);
        });
    }

    CraftedRun end(byte[] hash) {
        return item(4, out -> {
            out.write(hash);
            text(out, "");
        });
    }

    /** A file that is said to have the content of one that was sent before. */
    CraftedRun same(String path, long size, long run, String of) {
        return entry(latin1(path), 0, size, new byte[0], out -> {
            out.writeByte(2);
            out.writeLong(run);
            text(out, of);
        });
    }

    CraftedRun folder(String path) {
        return entry(latin1(path), FOLDER_TYPE, 0, new byte[0], out -> out.writeByte(0));
    }

    CraftedRun symlink(String path, String target) {
        return entry(latin1(path), LINK_TYPE, 0, latin1(target), out -> out.writeByte(0));
    }

    CraftedRun gone(String path) {
        gone++;
        return item(6, out -> text(out, path));
    }

    /** All items so far since the last frame are one. */
    CraftedRun frame() {
        byte[] raw = items.toByteArray();
        items.reset();
        return frame(PLAIN, raw.length, raw, raw);
    }

    /**
     * A frame that says of itself what it wants.
     *
     * @param rawLength that it says that the payload has
     * @param raw what goes into the digest
     */
    CraftedRun frame(int codec, int rawLength, byte[] payload, byte[] raw) {
        frames.writeBytes(header(codec, count++, rawLength, payload.length, crc(payload, payload.length)));
        frames.writeBytes(payload);
        ByteBuffer digested =
                ByteBuffer.allocate(40).put(running).putInt(rawLength).putInt(crc(raw, raw.length));
        running = sha256(digested.array());
        return this;
    }

    static byte[] header(int codec, int number, int rawLength, int storedLength, int payloadCrc) {
        ByteBuffer header = ByteBuffer.allocate(32);
        header.put(latin1("HKRF")).put((byte) 1).put((byte) codec).putShort((short) 0);
        header.putInt(number)
                .putInt(MARK)
                .putInt(rawLength)
                .putInt(storedLength)
                .putInt(payloadCrc);
        return header.putInt(crc(header.array(), 28)).array();
    }

    static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its last frame, with counts and digest that are right. */
    CraftedRun finish() {
        return finish(files, gone, content);
    }

    CraftedRun finish(long saidFiles, long saidGone, long saidBytes) {
        if (items.size() > 0) {
            frame();
        }
        item(7, out -> {
            out.writeLong(saidFiles);
            out.writeLong(saidGone);
            out.writeLong(saidBytes);
            out.write(running);
        });
        return frame();
    }

    int count() {
        return count;
    }

    byte[] bytes() {
        return frames.toByteArray();
    }
}
