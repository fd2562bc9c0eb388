package org.hikae.media.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.io.Buffers;
import org.hikae.media.format.FrameHeader;

/**
 * Writes before-images to their places. Those of scattered writes come in no order of the disk's: so many are gathered as
 * memory of a fixed size takes, and written in ascending runs. Not thread-safe.
 */
final class ImageWriter implements Pieces {

    /** Bytes of blocks that are gathered. */
    private static final int GATHERED = 16 << 20;

    private static final int MAX_PIECES = 1 << 16;

    /** Blocks that follow one another, all zeros or all in {@link #gathered}. */
    private record Piece(long first, long count, int at) {

        static final int ZEROS = -1;

        long end() {
            return first + count;
        }
    }

    private final BlockDevice image;
    private final long size;
    private final int blockSize;
    private final ByteBuffer gathered = Buffers.allocate(GATHERED);
    private final List<Piece> pieces = new ArrayList<>();
    /** The run in the making, to be written at once. */
    private final ByteBuffer run = Buffers.allocate(FrameHeader.MAX_RAW);

    private long runFirst;
    private long zerosFirst;
    private long zerosEnd;
    private long bytes;

    /** @param size bytes of the disk; the image may be longer */
    ImageWriter(BlockDevice image, long size, int blockSize) {
        this.image = image;
        this.size = size;
        this.blockSize = blockSize;
    }

    @Override
    public void put(long number, long first, long count, ByteBuffer data) throws IOException {
        boolean full = data != null && data.remaining() > gathered.remaining();
        if (full || pieces.size() == MAX_PIECES) {
            write();
        }
        int at = Piece.ZEROS;
        if (data != null) {
            at = gathered.position();
            gathered.put(data);
        }
        pieces.add(new Piece(first, count, at));
    }

    /** Writes what is still here, and makes the image durable. */
    void complete() throws IOException {
        write();
        image.force();
    }

    /** Bytes written, zeros too, but not what the end of the disk cuts off. */
    long bytes() {
        return bytes;
    }

    private void write() throws IOException {
        pieces.sort(Comparator.comparingLong(Piece::first));
        for (Piece piece : pieces) {
            if (piece.at() == Piece.ZEROS) {
                addZeros(piece);
            } else {
                addBlocks(piece);
            }
        }
        writeRun();
        writeZeros();
        pieces.clear();
        gathered.clear();
    }

    private void addZeros(Piece piece) throws IOException {
        if (zerosEnd != piece.first()) {
            writeZeros();
            zerosFirst = piece.first();
        }
        zerosEnd = piece.end();
    }

    private void addBlocks(Piece piece) throws IOException {
        int length = (int) piece.count() * blockSize;
        boolean follows = runFirst + run.position() / blockSize == piece.first();
        if (!follows || length > run.remaining()) {
            writeRun();
        }
        if (run.position() == 0) {
            runFirst = piece.first();
        }
        run.put(run.position(), gathered, piece.at(), length);
        run.position(run.position() + length);
    }

    private void writeRun() throws IOException {
        long offset = runFirst * blockSize;
        ByteBuffer blocks = run.flip();
        blocks.limit((int) Math.min(blocks.limit(), size - offset));
        if (blocks.hasRemaining()) {
            bytes += blocks.remaining();
            image.write(blocks, offset);
        }
        run.clear();
    }

    private void writeZeros() throws IOException {
        long offset = zerosFirst * blockSize;
        long end = zerosEnd > size / blockSize ? size : zerosEnd * blockSize;
        long length = end - offset;
        if (length > 0) {
            bytes += length;
            image.zero(offset, length);
        }
        zerosFirst = zerosEnd;
    }
}
