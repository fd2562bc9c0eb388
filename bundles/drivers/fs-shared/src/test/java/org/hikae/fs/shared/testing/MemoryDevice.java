package org.hikae.fs.shared.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.block.BlockDevice;

/** A disk in memory: what was never written takes none. Thread-safe. */
public class MemoryDevice implements BlockDevice {

    private static final int PIECE = 4096;

    private final long size;
    private final int blockSize;
    private final Map<Long, byte[]> pieces = new HashMap<>();

    public MemoryDevice(long size, int blockSize) {
        this.size = size;
        this.blockSize = blockSize;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        check(offset, dst.remaining());
        synchronized (pieces) {
            for (long at = offset; dst.hasRemaining(); ) {
                int skip = (int) (at % PIECE);
                int length = Math.min(PIECE - skip, dst.remaining());
                byte[] piece = pieces.get(at / PIECE);
                dst.put(piece == null ? new byte[PIECE] : piece, skip, length);
                at += length;
            }
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        check(offset, src.remaining());
        synchronized (pieces) {
            for (long at = offset; src.hasRemaining(); ) {
                int skip = (int) (at % PIECE);
                int length = Math.min(PIECE - skip, src.remaining());
                src.get(pieces.computeIfAbsent(at / PIECE, piece -> new byte[PIECE]), skip, length);
                at += length;
            }
        }
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        check(offset, length);
        synchronized (pieces) {
            for (long at = offset; at < offset + length; ) {
                int skip = (int) (at % PIECE);
                int part = (int) Math.min(PIECE - skip, offset + length - at);
                byte[] piece = pieces.get(at / PIECE);
                if (piece != null) {
                    Arrays.fill(piece, skip, skip + part, (byte) 0);
                }
                at += part;
            }
        }
    }

    @Override
    public void force() throws IOException {}

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public void close() {}

    /** A disk with the same content. */
    public MemoryDevice copy() {
        MemoryDevice copy = new MemoryDevice(size, blockSize);
        synchronized (pieces) {
            pieces.forEach((number, piece) -> copy.pieces.put(number, piece.clone()));
        }
        return copy;
    }

    /** Turns one bit over. */
    public void flip(long offset, int bit) {
        synchronized (pieces) {
            pieces.computeIfAbsent(offset / PIECE, piece -> new byte[PIECE])[(int) (offset % PIECE)] ^=
                    (byte) (1 << bit);
        }
    }

    private void check(long offset, long length) {
        if (offset < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException(length + " bytes at " + offset + " of " + size);
        }
    }
}
