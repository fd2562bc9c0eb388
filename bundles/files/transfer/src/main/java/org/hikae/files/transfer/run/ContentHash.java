package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * SHA-256 of the content of a file, made from its pieces: holes count as the zeros that they read as. Only a file whose
 * holes come to more than {@link #MAX_HOLES} bytes, which may have exabytes of them, has the SHA-256 of its pieces alone,
 * one after the other. Where the pieces are cut does not matter, except for such a file. Not thread-safe.
 */
public final class ContentHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    /** Bytes of holes that are hashed as zeros. */
    public static final long MAX_HOLES = 64L << 30;

    private static final byte[] ZEROS = new byte[1 << 16];

    private final long maxHoles;

    /** With zeros for holes; null: there are too many of them. */
    private MessageDigest whole = RunDigest.sha256();

    /** Of the pieces alone; null: there was no hole yet, it is as {@code whole}. */
    private MessageDigest pieces;

    private long position;
    private long holes;

    public ContentHash() {
        this(MAX_HOLES);
    }

    ContentHash(long maxHoles) {
        this.maxHoles = maxHoles;
    }

    /**
     * Adds a piece, and leaves the position of the buffer as it is.
     *
     * @throws IllegalArgumentException if it begins before the end of the piece before
     */
    public void add(long offset, ByteBuffer bytes) {
        skipTo(offset);
        if (whole != null) {
            whole.update(bytes.duplicate());
        }
        if (pieces != null) {
            pieces.update(bytes.duplicate());
        }
        position += bytes.remaining();
    }

    /**
     * The hash, 32 bytes. Nothing can be added any more.
     *
     * @param size bytes of the file: what lies behind the last piece is a hole
     */
    public byte[] finish(long size) {
        skipTo(size);
        return (whole == null ? pieces : whole).digest();
    }

    private void skipTo(long offset) {
        if (offset < position) {
            throw new IllegalArgumentException("a piece at " + offset + ", before " + position);
        }
        long hole = offset - position;
        position = offset;
        if (hole == 0) {
            return;
        }
        if (pieces == null) {
            pieces = copy(whole);
        }
        holes = hole > maxHoles ? maxHoles + 1 : Math.min(holes + hole, maxHoles + 1);
        if (holes > maxHoles) {
            whole = null;
        }
        for (long left = hole; whole != null && left > 0; left -= ZEROS.length) {
            whole.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", e);
        }
    }
}
