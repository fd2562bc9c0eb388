package org.hikae.nbd.handshake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hikae.api.block.BlockDevice;
import org.hikae.nbd.export.Catalogue;
import org.hikae.nbd.export.Lease;
import org.hikae.nbd.protocol.ExportFlag;
import org.hikae.nbd.protocol.Info;
import org.hikae.nbd.protocol.Limits;
import org.hikae.nbd.protocol.OptionReply;
import org.hikae.nbd.protocol.Output;

/** Replies to one option. */
final class Replies {

    private static final long MAGIC = 0x3e889045565a9L;
    private static final int HEADER = 20;
    private static final int FEW_BYTES = 64;
    /** Characters of the longest message to people. */
    private static final int LONGEST = 1000;

    private final Output output;
    private final int option;

    Replies(Output output, int option) {
        this.output = output;
        this.option = option;
    }

    void ack() throws IOException {
        send(OptionReply.ACK, ByteBuffer.allocate(0));
    }

    void refuse(OptionReply reply, String message) throws IOException {
        send(reply, utf8(message.substring(0, Math.min(message.length(), LONGEST))));
    }

    void server(Catalogue.Entry entry) throws IOException {
        ByteBuffer name = utf8(entry.name());
        ByteBuffer description = utf8(entry.description());
        int nameLength = name.remaining();
        send(
                OptionReply.SERVER,
                ByteBuffer.allocate(Integer.BYTES + nameLength + description.remaining())
                        .putInt(nameLength)
                        .put(name)
                        .put(description)
                        .flip());
    }

    void context(int id, String name) throws IOException {
        ByteBuffer text = utf8(name);
        send(
                OptionReply.META_CONTEXT,
                ByteBuffer.allocate(Integer.BYTES + text.remaining())
                        .putInt(id)
                        .put(text)
                        .flip());
    }

    /** All that there is to say of an export, asked for or not. */
    void infos(Lease lease, boolean structured) throws IOException {
        BlockDevice device = lease.device();
        send(
                OptionReply.INFO,
                info(Info.EXPORT)
                        .putLong(device.size())
                        .putShort(flags(device, structured))
                        .flip());
        send(
                OptionReply.INFO,
                info(Info.BLOCK_SIZE)
                        .putInt(1)
                        .putInt(Math.max(Limits.PREFERRED_BYTES, device.blockSize()))
                        .putInt(Limits.MOST_BYTES)
                        .flip());
        text(Info.NAME, lease.name());
        text(Info.DESCRIPTION, lease.description());
    }

    private void text(Info info, String text) throws IOException {
        ByteBuffer bytes = utf8(text);
        send(
                OptionReply.INFO,
                ByteBuffer.allocate(Short.BYTES + bytes.remaining())
                        .putShort(info.code())
                        .put(bytes)
                        .flip());
    }

    private static ByteBuffer info(Info info) {
        return ByteBuffer.allocate(FEW_BYTES).putShort(info.code());
    }

    /** Several connections see each other's writes, and a flush on one holds for all: all go to the same device. */
    static short flags(BlockDevice device, boolean structured) {
        int flags = ExportFlag.HAS_FLAGS
                | ExportFlag.SEND_FLUSH
                | ExportFlag.SEND_FUA
                | ExportFlag.SEND_CACHE
                | ExportFlag.CAN_MULTI_CONN;
        flags |= device.readOnly()
                ? ExportFlag.READ_ONLY
                : ExportFlag.SEND_TRIM | ExportFlag.SEND_WRITE_ZEROES | ExportFlag.SEND_FAST_ZERO;
        return (short) (structured ? flags | ExportFlag.SEND_DF : flags);
    }

    private void send(OptionReply reply, ByteBuffer data) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(HEADER + data.remaining());
        message.putLong(MAGIC).putInt(option).putInt(reply.code()).putInt(data.remaining());
        output.send(message.put(data).flip());
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
