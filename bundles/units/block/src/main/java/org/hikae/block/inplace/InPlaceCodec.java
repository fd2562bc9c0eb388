package org.hikae.block.inplace;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.hikae.block.tracking.DamagedException;
import org.hikae.block.tracking.Sealed;

/** The state of a mount as bytes and back. */
final class InPlaceCodec {

    /** More than any state has: a path may be long. */
    static final int MAX_BYTES = 1 << 20;

    private static final String MAGIC = "HIKAEIPS";
    private static final int RESTORE = 1;
    private static final int TOUCHED = 2;
    private static final int ENDED = 4;

    private InPlaceCodec() {}

    static byte[] encode(InPlaceState state) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[Sealed.HEADER]);
        uuid(out, state.mount());
        uuid(out, state.disk());
        uuid(out, state.generation().disk());
        number(out, state.generation().instant().getEpochSecond());
        number(out, state.generation().instant().getNano());
        number(out, state.generation().size());
        number(out, state.blockSize());
        number(out, (state.restore() ? RESTORE : 0) | (state.touched() ? TOUCHED : 0) | (state.ended() ? ENDED : 0));
        number(out, state.set());
        number(out, state.log());
        text(out, state.generation().id());
        text(out, state.format());
        text(out, state.name());
        text(out, state.path());
        return Sealed.seal(MAGIC, out.toByteArray());
    }

    private static void number(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    /** Its bytes in the order in which it is written down. */
    private static void uuid(ByteArrayOutputStream out, UUID value) {
        out.writeBytes(ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array());
    }

    private static void text(ByteArrayOutputStream out, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    /** @throws DamagedException if it is not what was written */
    static InPlaceState decode(String name, byte[] bytes) throws DamagedException {
        ByteBuffer in = Sealed.open(name, MAGIC, bytes);
        try {
            UUID mount = uuid(in);
            UUID disk = uuid(in);
            UUID generationDisk = uuid(in);
            Instant instant = Instant.ofEpochSecond(in.getLong(), in.getLong());
            long size = in.getLong();
            int blockSize = Math.toIntExact(in.getLong());
            long flags = in.getLong();
            long set = in.getLong();
            long log = in.getLong();
            InPlaceState.Generation generation = new InPlaceState.Generation(text(in), generationDisk, instant, size);
            String format = text(in);
            return new InPlaceState(
                    mount,
                    disk,
                    text(in),
                    text(in),
                    generation,
                    format,
                    blockSize,
                    (flags & RESTORE) != 0,
                    (flags & TOUCHED) != 0,
                    (flags & ENDED) != 0,
                    set,
                    log);
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new DamagedException("its file " + name + " is damaged: it makes no sense");
        }
    }

    private static UUID uuid(ByteBuffer in) {
        ByteBuffer bytes = in.slice(in.position(), 16);
        in.position(in.position() + 16);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static String text(ByteBuffer in) {
        long length = in.getLong();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("not a length: " + length);
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
