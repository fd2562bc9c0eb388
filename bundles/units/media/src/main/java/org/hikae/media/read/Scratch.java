package org.hikae.media.read;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32C;
import org.hikae.io.Buffers;
import org.hikae.media.format.FrameHeader;

/** What one thread needs to read frames. */
public final class Scratch {

    /** Room for a batch of frames and what alignment adds at both ends. */
    public static final int CAPACITY = (4 << 20) + 2 * Buffers.ALIGNMENT;

    /** Room for one frame. */
    private static final int SMALL = (FrameHeader.MAX_FRAME + 3 * Buffers.ALIGNMENT) & -Buffers.ALIGNMENT;

    public final ByteBuffer stored;
    final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    public final CRC32C crc = new CRC32C();
    /** Where a frame is unpacked to that nobody wants, or not at once. */
    public final ByteBuffer raw = Buffers.allocate(FrameHeader.MAX_RAW);

    private Scratch(int capacity) {
        stored = Buffers.allocate(capacity);
    }

    void close() {
        zstd.close();
    }

    /** Scratches that are used again. Never waits; thread-safe. */
    public static final class Pool implements AutoCloseable {

        private static final int KEPT = 4;

        private final int capacity;
        /** Guarded by this. */
        private final Deque<Scratch> free = new ArrayDeque<>();

        private boolean closed;

        private Pool(int capacity) {
            this.capacity = capacity;
        }

        /** Scratches that hold a frame. */
        public static Pool ofFrames() {
            return new Pool(SMALL);
        }

        /** Scratches for long reads of many frames. */
        public static Pool ofBatches() {
            return new Pool(CAPACITY);
        }

        public Scratch take() {
            Scratch scratch;
            synchronized (this) {
                scratch = free.pollFirst();
            }
            return scratch != null ? scratch : new Scratch(capacity);
        }

        public void give(Scratch scratch) {
            synchronized (this) {
                if (!closed && free.size() < KEPT) {
                    free.addFirst(scratch);
                    return;
                }
            }
            scratch.close();
        }

        @Override
        public synchronized void close() {
            closed = true;
            free.forEach(Scratch::close);
            free.clear();
        }
    }
}
