package org.hikae.fsext.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc32c;

/**
 * The superblock of a journal, checked. Numbers in a journal have their highest byte first; places in it count its own
 * blocks, from 0.
 */
final class JournalSuperblock {

    static final int MAGIC = 0xC03B3998;

    private static final int BYTES = 1024;
    private static final int VERSION_1 = 3;
    private static final int VERSION_2 = 4;
    private static final int CHECKSUM = 0xFC;
    private static final int CRC32C = 4;

    private static final int COMPAT_CHECKSUM = 0x1;
    private static final int WIDE = 0x2;
    private static final int CSUM_V2 = 0x8;
    private static final int CSUM_V3 = 0x10;
    private static final int FAST_COMMIT = 0x20;
    private static final int KNOWN = 0x3F;

    /** So many blocks are for fast commits where nothing else is said. */
    private static final long FAST_COMMIT_BLOCKS = 256;

    private final ByteBuffer bytes;
    private final boolean hasFeatures;

    /**
     * Takes the first block of the journal.
     *
     * @param inode of the journal
     * @param place where the block lies
     * @param blocks of the file system's journal file
     */
    JournalSuperblock(ByteBuffer block, long inode, long place, long blocks) throws FileSystemRefusedException {
        bytes = block.slice().order(ByteOrder.BIG_ENDIAN);
        hasFeatures = bytes.getInt(4) == VERSION_2;
        String why = problem(block.remaining(), blocks);
        if (why != null) {
            throw new FileSystemRefusedException("superblock of the journal, inode " + inode, place, why);
        }
    }

    /** Null if it makes sense. */
    private String problem(int blockSize, long blocks) {
        if (bytes.getInt(0) != MAGIC || bytes.getInt(4) != VERSION_1 && !hasFeatures) {
            return "there is none";
        } else if ((incompatible() & ~KNOWN) != 0) {
            return "it has features that are not supported: " + Integer.toHexString(incompatible() & ~KNOWN);
        } else if (hasBlockChecksums() && !checksumMatches()) {
            return "its checksum does not match";
        } else if (u32(0xC) != blockSize || length() > blocks) {
            return "it is for " + length() + " blocks of " + u32(0xC) + " bytes, but there are " + blocks + " of "
                    + blockSize;
        } else if (first() < 1 || first() >= last() || start() != 0 && (start() < first() || start() >= last())) {
            return "its log begins at " + start() + " of " + first() + " to " + last();
        }
        return null;
    }

    private boolean checksumMatches() {
        return bytes.get(0x50) == CRC32C
                && !(wideTags() && (incompatible() & CSUM_V2) != 0)
                && Crc32c.update(-1, bytes.slice(0, BYTES), CHECKSUM, Integer.BYTES) == bytes.getInt(CHECKSUM);
    }

    private long u32(int offset) {
        return bytes.getInt(offset) & 0xFFFF_FFFFL;
    }

    private int incompatible() {
        return hasFeatures ? bytes.getInt(0x28) : 0;
    }

    private boolean has(int feature) {
        return (incompatible() & feature) != 0;
    }

    private long length() {
        return u32(0x10);
    }

    /** The first block of the log, and where it goes on after the last. */
    long first() {
        return u32(0x14);
    }

    /** The end of the log: what follows is for fast commits. */
    long last() {
        return has(FAST_COMMIT) ? length() - fastCommitBlocks() : length();
    }

    /** The end of the journal. */
    long end() {
        return length();
    }

    private long fastCommitBlocks() {
        return u32(0x54) == 0 ? FAST_COMMIT_BLOCKS : u32(0x54);
    }

    boolean hasFastCommits() {
        return has(FAST_COMMIT);
    }

    /** The number that the first transaction has, if it is there. */
    int sequence() {
        return bytes.getInt(0x18);
    }

    /** Where the first transaction begins; 0: there is none. */
    long start() {
        return u32(0x1C);
    }

    /** Whether numbers of blocks have 64 bits. */
    boolean wide() {
        return has(WIDE);
    }

    /** Whether a block's tag has a whole checksum (version 3), and not half of it (version 2). */
    boolean wideTags() {
        return has(CSUM_V3);
    }

    /** Whether each block has a checksum (versions 2 and 3). */
    boolean hasBlockChecksums() {
        return has(CSUM_V2 | CSUM_V3);
    }

    /** Whether a transaction has one checksum (version 1). */
    boolean hasTransactionChecksums() {
        return hasFeatures && (bytes.getInt(0x24) & COMPAT_CHECKSUM) != 0 && !hasBlockChecksums();
    }

    /** What checksums of the journal's blocks begin with. */
    int seed() {
        return Crc32c.update(-1, bytes.slice(0x30, 16));
    }
}
