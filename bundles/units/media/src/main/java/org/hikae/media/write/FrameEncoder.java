package org.hikae.media.write;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.hikae.io.Buffers;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTable;

/** Makes frames of blocks: compressed where that pays, with a checksum. It owns its buffers. Not thread-safe. */
public final class FrameEncoder implements Closeable {

    /** Less than this part saved is not worth the time that it takes to read it back. */
    private static final int WORTH = 32;

    private static final int SAMPLES = 8;
    private static final int SAMPLE_BYTES = 2048;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer out = Buffers.allocate(
                    FrameHeader.LENGTH + FrameHeader.MAX_TABLE + (int) Zstd.compressBound(FrameHeader.MAX_RAW))
            .order(ByteOrder.LITTLE_ENDIAN);

    public FrameEncoder(int level) {
        zstd.setLevel(level);
        zstd.setContentSize(true);
        zstd.setChecksum(false);
    }

    /**
     * Makes a frame and hands it on.
     *
     * @param raw the blocks, from position to limit; a direct buffer
     * @param blocks their number
     */
    public void encode(FrameTable table, ByteBuffer raw, int blocks, FrameSink sink) throws IOException {
        int length = raw.remaining();
        out.clear().position(FrameHeader.LENGTH);
        table.copyTo(out);
        int stored = out.position();
        int compressed = pays(raw, stored) ? compress(raw, stored) : length;
        boolean plain = compressed >= length - length / WORTH;
        int storedLength = plain ? length : compressed;
        byte compression = plain ? FrameHeader.PLAIN : FrameHeader.ZSTD;
        new FrameHeader(
                        table.kind(),
                        compression,
                        (byte) 0,
                        table.isLast(),
                        table.length(),
                        length,
                        storedLength,
                        table.entries(),
                        0)
                .encode(out);
        ByteBuffer head = out.duplicate().position(0).limit(plain ? stored : stored + storedLength);
        ByteBuffer rest = plain ? raw.duplicate() : raw.duplicate().limit(raw.position());
        int checksum = FrameHeader.checksum(crc, head, rest);
        FrameHeader.putChecksum(out, checksum);
        sink.put(head, rest, checksum, blocks);
    }

    /** Whether compressing is worth a try: on data without any order it takes longer than reading it. */
    private boolean pays(ByteBuffer raw, int at) {
        int length = raw.remaining();
        if (length < 4 * SAMPLES * SAMPLE_BYTES) {
            return length > 0;
        }
        int size = 0;
        for (int i = 0; i < SAMPLES; i++) {
            int from = raw.position() + (int) ((long) i * (length - SAMPLE_BYTES) / (SAMPLES - 1));
            size += zstd.compressDirectByteBuffer(out, at, out.capacity() - at, raw, from, SAMPLE_BYTES);
        }
        int all = SAMPLES * SAMPLE_BYTES;
        return size < all - all / WORTH;
    }

    private int compress(ByteBuffer raw, int at) {
        return zstd.compressDirectByteBuffer(out, at, out.capacity() - at, raw, raw.position(), raw.remaining());
    }

    @Override
    public void close() {
        zstd.close();
    }
}
