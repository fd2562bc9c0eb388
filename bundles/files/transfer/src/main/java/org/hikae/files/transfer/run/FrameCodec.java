package org.hikae.files.transfer.run;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Frames out of packed items, and back. Holds memory outside the heap until it is closed. Not thread-safe. */
public final class FrameCodec implements Closeable {
    private static final int LEVEL = 3;

    private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(LEVEL);
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private byte[] compressed = new byte[0];

    /**
     * Makes a frame.
     *
     * @param raw 1 to {@link FrameHeader#MAX_RAW} bytes on the heap; its position stays
     */
    public StoredFrame encode(long number, int mark, ByteBuffer raw) {
        int length = raw.remaining();
        if (length < 1 || length > FrameHeader.MAX_RAW || number < 0 || number > FrameHeader.MAX_NUMBER) {
            throw new IllegalArgumentException("frame " + number + " of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        raw.duplicate().get(bytes);
        int bound = (int) Zstd.compressBound(length);
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        int stored = compressor.compressByteArray(compressed, 0, compressed.length, bytes, 0, length);
        return stored < length
                ? frame(FrameHeader.Codec.ZSTD, number, mark, length, compressed, stored)
                : frame(FrameHeader.Codec.PLAIN, number, mark, length, bytes, length);
    }

    private static StoredFrame frame(
            FrameHeader.Codec codec, long number, int mark, int raw, byte[] payload, int stored) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, stored);
        FrameHeader header = new FrameHeader(codec, number, mark, raw, stored, (int) crc.getValue());
        ByteBuffer bytes = ByteBuffer.allocate(header.frameLength());
        header.put(bytes);
        bytes.put(payload, 0, stored).flip();
        return new StoredFrame(header, bytes);
    }

    /**
     * Takes the first frame off the buffer, and checks its checksums.
     *
     * @throws FormatException if none is there, it is cut off, or damaged
     */
    public static StoredFrame take(ByteBuffer from) throws FormatException {
        if (from.remaining() < FrameHeader.LENGTH) {
            throw new FormatException("a frame that is cut off");
        }
        int begin = from.position();
        FrameHeader header = FrameHeader.take(from);
        if (from.remaining() < header.storedLength()) {
            throw new FormatException("frame " + header.number() + " is cut off");
        }
        from.position(begin + header.frameLength());
        return checked(header, from.slice(begin, header.frameLength()));
    }

    /**
     * A frame whose header was read before its payload.
     *
     * @param bytes header and payload
     * @throws FormatException if the payload is damaged
     */
    static StoredFrame checked(FrameHeader header, ByteBuffer bytes) throws FormatException {
        StoredFrame frame = new StoredFrame(header, bytes);
        CRC32C crc = new CRC32C();
        crc.update(frame.payload());
        if ((int) crc.getValue() != header.payloadCrc()) {
            throw new FormatException("frame " + header.number() + " is damaged");
        }
        return frame;
    }

    /**
     * The packed items of a frame: {@link FrameHeader#rawLength} bytes, no matter what the payload claims.
     *
     * @throws FormatException if the payload cannot be decompressed to that many bytes
     */
    public ByteBuffer decode(StoredFrame frame) throws FormatException {
        FrameHeader header = frame.header();
        byte[] payload = new byte[header.storedLength()];
        frame.payload().get(payload);
        if (header.codec() == FrameHeader.Codec.PLAIN) {
            return ByteBuffer.wrap(payload);
        }
        byte[] raw = new byte[header.rawLength()];
        int length;
        try {
            length = decompressor.decompressByteArray(raw, 0, raw.length, payload, 0, payload.length);
        } catch (ZstdException e) {
            FormatException wrong = new FormatException("frame " + header.number() + " cannot be decompressed");
            wrong.initCause(e);
            throw wrong;
        }
        if (length != raw.length) {
            throw new FormatException(
                    "frame " + header.number() + " has " + length + " raw bytes instead of " + raw.length);
        }
        return ByteBuffer.wrap(raw);
    }

    @Override
    public void close() {
        compressor.close();
        decompressor.close();
    }
}
