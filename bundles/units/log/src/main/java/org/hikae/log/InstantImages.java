package org.hikae.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;
import org.hikae.io.BufferedIo;

/**
 * Before-images at hand, whatever strategy gathers the log, for as long as it takes to read from the disk of T0 which
 * blocks a backup wants (R3). Of each block the first image is kept. They lie in a nameless temporary file: memory is
 * needed for their places alone. Thread-safe.
 */
final class InstantImages implements Closeable {

    /** Consecutive blocks and where their images begin in the file. */
    private record Piece(BlockRun run, long position) {}

    private final int blockSize;
    private final FileChannel file;
    /** By first block; they do not overlap. Guarded by this, as the fields below. */
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();

    private long end;
    private boolean closed;

    InstantImages(int blockSize) throws IOException {
        this.blockSize = blockSize;
        Path path = Files.createTempFile("hikae-", ".images");
        try {
            this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    /** Keeps what is not there yet. After {@link #close} nobody needs any more, and nothing is kept. */
    synchronized void put(BlockRun run, ByteBuffer data) throws IOException {
        long next = run.first();
        while (!closed && next < run.end()) {
            Piece there = at(next);
            if (there != null) {
                next = there.run.end();
            } else {
                Long following = pieces.ceilingKey(next);
                long until = following == null ? run.end() : Math.min(run.end(), following);
                add(new BlockRun(next, until - next), run, data);
                next = until;
            }
        }
    }

    /** The piece that a block is in; null if there is none. */
    private Piece at(long block) {
        Map.Entry<Long, Piece> floor = pieces.floorEntry(block);
        return floor != null && floor.getValue().run.end() > block ? floor.getValue() : null;
    }

    private void add(BlockRun part, BlockRun run, ByteBuffer data) throws IOException {
        int from = data.position() + Math.toIntExact((part.first() - run.first()) * blockSize);
        int length = Math.toIntExact(part.count() * blockSize);
        BufferedIo.write(file, data.slice(from, length), end);
        pieces.put(part.first(), new Piece(part, end));
        end += length;
    }

    /** Puts the images over what was read from the disk: the buffer's bytes from {@code from} on lie at {@code offset}. */
    synchronized void layOver(ByteBuffer read, int from, long offset) throws IOException {
        if (closed) {
            throw new IOException("the disk of the instant is not kept any more");
        }
        long until = offset + read.position() - from;
        Piece first = at(offset / blockSize);
        long start = first == null ? offset / blockSize : first.run.first();
        for (Piece piece : pieces.tailMap(start, true).values()) {
            long pieceStart = piece.run.first() * blockSize;
            if (pieceStart >= until) {
                return;
            }
            long begin = Math.max(pieceStart, offset);
            long stop = Math.min(piece.run.end() * blockSize, until);
            int at = from + Math.toIntExact(begin - offset);
            ByteBuffer part = read.duplicate().position(at).limit(at + Math.toIntExact(stop - begin));
            BufferedIo.read(file, part, piece.position + (begin - pieceStart));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        pieces.clear();
        file.close();
    }
}
