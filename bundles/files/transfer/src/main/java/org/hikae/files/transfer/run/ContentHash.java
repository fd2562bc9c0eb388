package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The hash of a file's content, made from its pieces: what lies between them is zeros. It is the SHA-256 of the content, unless a whole
 * {@linkplain #BLOCK block} of it, counted from its beginning, is zeros: then these blocks are told by their places, so that a hole of
 * any length costs next to nothing. Whether zeros were read, or a hole was found, does not matter, and neither does where pieces are cut.
 * Not thread-safe.
 */
public final class ContentHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    /** Bytes of a block that is told by its place if it has nothing but zeros. */
    public static final int BLOCK = 1 << 20;

    private static final byte[] ZEROS = new byte[1 << 16];

    /** Of the content without blocks of zeros. */
    private final MessageDigest content = RunDigest.sha256();

    /** Of the places of blocks of zeros; null: there was none yet. */
    private MessageDigest places;

    private long position;

    /** Zeros since the beginning of the block, if it has had nothing else; they are not in {@code content} yet. */
    private int zeros;

    /** Whether the block has had something else. */
    private boolean solid;

    /** Where the blocks of zeros begin that end where the block begins; negative: there are none. */
    private long empty = -1;

    /**
     * Adds a piece, and leaves the position of the buffer as it is.
     *
     * @throws IllegalArgumentException if it begins before the end of the piece before
     */
    public void add(long offset, ByteBuffer bytes) {
        skipTo(offset);
        ByteBuffer left = bytes.duplicate();
        while (left.hasRemaining()) {
            int count = (int) Math.min(left.remaining(), BLOCK - position % BLOCK);
            within(left.slice().limit(count));
            left.position(left.position() + count);
        }
    }

    /** Bytes within a block. */
    private void within(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (!solid) {
            int leading = leadingZeros(bytes);
            zeros += leading;
            bytes.position(leading);
            if (bytes.hasRemaining()) {
                solidify();
            }
        }
        content.update(bytes);
        pass(length);
    }

    private static int leadingZeros(ByteBuffer bytes) {
        int length = bytes.remaining();
        for (int from = 0; from < length; from += ZEROS.length) {
            int count = Math.min(length - from, ZEROS.length);
            int differs = bytes.slice(from, count).mismatch(ByteBuffer.wrap(ZEROS, 0, count));
            if (differs >= 0) {
                return from + differs;
            }
        }
        return length;
    }

    /** The block is not one of zeros. */
    private void solidify() {
        placeEmpty();
        zeros(zeros);
        zeros = 0;
        solid = true;
    }

    private void placeEmpty() {
        if (empty >= 0) {
            long begin = position / BLOCK * BLOCK;
            places.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(empty)
                    .putLong(begin - empty)
                    .flip());
            empty = -1;
        }
    }

    private void zeros(int count) {
        for (int left = count; left > 0; left -= ZEROS.length) {
            content.update(ZEROS, 0, Math.min(left, ZEROS.length));
        }
    }

    /** Goes on, at most to the end of the block. */
    private void pass(int count) {
        position += count;
        if (position % BLOCK == 0 && count > 0) {
            if (!solid) {
                empty(position - BLOCK);
            }
            zeros = 0;
            solid = false;
        }
    }

    private void empty(long from) {
        empty = empty < 0 ? from : empty;
        places = places == null ? RunDigest.sha256() : places;
    }

    /**
     * The hash, 32 bytes. Nothing can be added any more.
     *
     * @param size bytes of the file: what lies behind the last piece is a hole
     */
    public byte[] finish(long size) {
        skipTo(size);
        if (!solid) {
            // The last block, which is not whole.
            placeEmpty();
            zeros(zeros);
        }
        byte[] hash = content.digest();
        if (places == null) {
            return hash;
        }
        byte[] both = RunDigest.sha256()
                .digest(ByteBuffer.allocate(2 * LENGTH + Long.BYTES)
                        .put(hash)
                        .put(places.digest())
                        .putLong(size)
                        .array());
        for (int i = 0; i < both.length; i++) {
            // So that it is the SHA-256 of no file that anybody knows.
            both[i] = (byte) ~both[i];
        }
        return both;
    }

    private void skipTo(long offset) {
        if (offset < position) {
            throw new IllegalArgumentException("a piece at " + offset + ", before " + position);
        }
        hole((int) Math.min(offset - position, (BLOCK - position % BLOCK) % BLOCK));
        long blocks = (offset - position) / BLOCK * BLOCK;
        if (blocks > 0) {
            empty(position);
            position += blocks;
        }
        hole((int) (offset - position));
    }

    /** A hole within a block. */
    private void hole(int length) {
        if (solid) {
            zeros(length);
        } else {
            zeros += length;
        }
        pass(length);
    }
}
