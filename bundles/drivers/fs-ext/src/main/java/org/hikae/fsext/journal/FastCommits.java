package org.hikae.fsext.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc32c;

/**
 * Reads fast commits: what happened since the last transaction, in the words of the file system, in an area of its own at
 * the journal's end. Bitmaps are not among it, so the ranges of blocks that files got are (R18).
 *
 * <p>Each block has records of a kind, a length and a content. A record {@code TAIL} ends a commit and has a checksum
 * over all of it; a commit without one does not count.
 */
final class FastCommits {

    private static final int ADD_RANGE = 1;
    private static final int LAST_PLAIN = 7;
    private static final int TAIL = 8;
    private static final int HEAD = 9;

    private static final int HEADER = 4;
    private static final int RANGE_BYTES = 16;
    private static final int LONGEST = 32768;
    /** Far more than fit into the area that is made for them. */
    private static final int MOST_RANGES = 1 << 20;

    private final JournalFile file;
    private final JournalSuperblock superblock;
    private final int sequence;
    private final long blockCount;

    private final List<BlockRun> ranges = new ArrayList<>();
    /** Of the commit whose tail has not been met. */
    private final List<BlockRun> pending = new ArrayList<>();

    private int sum;
    private int commits;

    /**
     * @param sequence number of the transaction that they belong to
     * @param blockCount of the file system: an area that is larger lies in the same blocks again and again
     */
    FastCommits(JournalFile file, JournalSuperblock superblock, int sequence, long blockCount) {
        this.file = file;
        this.superblock = superblock;
        this.sequence = sequence;
        this.blockCount = blockCount;
    }

    /** Number of valid ones. */
    int commits() {
        return commits;
    }

    /** The blocks that files got; they may be anything that fits into 48 bits. */
    List<BlockRun> read() throws IOException {
        // The block between the log and the area stays empty.
        long first = superblock.last() + 1;
        for (long block = first; block < superblock.end() && block - first < blockCount; block++) {
            boolean goesOn = block(file.read(block).order(ByteOrder.LITTLE_ENDIAN));
            if (ranges.size() + pending.size() > MOST_RANGES) {
                throw new FileSystemRefusedException(file.name(), file.place(block), "it has too many fast commits");
            } else if (!goesOn) {
                break;
            }
        }
        return ranges;
    }

    /** @return whether to go on with the next block */
    private boolean block(ByteBuffer bytes) {
        int at = 0;
        while (at + HEADER <= bytes.limit()) {
            int kind = bytes.getShort(at) & 0xFFFF;
            int length = bytes.getShort(at + 2) & 0xFFFF;
            int room = bytes.limit() - at - HEADER;
            if (kind == TAIL) {
                // Its length reaches to the end of the block, or even beyond.
                return room >= 8 && tail(bytes, at);
            } else if (length > room || !plain(bytes, at, kind, length)) {
                return false;
            }
            sum = Crc32c.update(sum, bytes.slice(at, HEADER + length));
            at += HEADER + length;
        }
        return true;
    }

    private boolean plain(ByteBuffer bytes, int at, int kind, int length) {
        if (kind == HEAD) {
            return length >= 8 && bytes.getInt(at + HEADER) == 0 && bytes.getInt(at + HEADER + 4) == sequence;
        } else if (kind == ADD_RANGE && length >= RANGE_BYTES) {
            addRange(bytes, at + HEADER + 4);
        }
        return kind >= ADD_RANGE && kind <= LAST_PLAIN;
    }

    /** @param at where the extent begins, as in an extent tree */
    private void addRange(ByteBuffer bytes, int at) {
        int length = bytes.getShort(at + 4) & 0xFFFF;
        long count = length > LONGEST ? length - LONGEST : length;
        long first = bytes.getInt(at + 8) & 0xFFFF_FFFFL | (bytes.getShort(at + 6) & 0xFFFFL) << 32;
        if (count > 0) {
            pending.add(new BlockRun(first, count));
        }
    }

    private boolean tail(ByteBuffer bytes, int at) {
        int expected = Crc32c.update(sum, bytes.slice(at, HEADER + 4));
        if (bytes.getInt(at + HEADER) != sequence || bytes.getInt(at + HEADER + 4) != expected) {
            return false;
        }
        ranges.addAll(pending);
        pending.clear();
        sum = 0;
        commits++;
        return true;
    }
}
