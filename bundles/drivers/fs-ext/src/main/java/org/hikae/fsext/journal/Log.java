package org.hikae.fsext.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc32Be;
import org.hikae.fsext.checksum.Crc32c;

/** Reads the log of a journal: one transaction after the other, up to the last that was committed. */
final class Log {

    private static final int DESCRIPTOR = 1;
    private static final int COMMIT = 2;
    private static final int REVOCATION = 5;

    private static final int CHECKSUM_IN_COMMIT = 16;
    private static final int REVOCATION_HEADER = 16;

    private final JournalFile file;
    private final JournalSuperblock superblock;
    private final Redirections redirections;
    private final long blockCount;
    /** What checksums of blocks begin with. */
    private final int seed;

    private Transaction transaction = new Transaction();
    private int sequence;
    private long position;
    /** Blocks that may still be read: a log that goes on beyond goes in circles. */
    private long left;
    /** The time of the last commit, in seconds. */
    private long lastCommit;

    private int committed;
    private boolean broken;

    /** @param blockCount of the file system */
    Log(JournalFile file, JournalSuperblock superblock, Redirections redirections, long blockCount) {
        this.file = file;
        this.superblock = superblock;
        this.redirections = redirections;
        this.blockCount = blockCount;
        this.seed = superblock.seed();
        this.sequence = superblock.sequence();
        this.position = superblock.start();
        this.left = Math.min(superblock.last() - superblock.first(), blockCount);
    }

    /** Whether the log ends with a commit that is damaged. */
    boolean broken() {
        return broken;
    }

    /** Number of transactions that count. */
    int committed() {
        return committed;
    }

    /** The number that the next transaction would have. */
    int nextSequence() {
        return sequence;
    }

    void read() throws IOException {
        while (superblock.start() != 0 && left > 0) {
            long at = position;
            ByteBuffer block = next();
            boolean expected = block.getInt(0) == JournalSuperblock.MAGIC && block.getInt(8) == sequence;
            if (!expected || !step(block.getInt(4), block, at)) {
                return;
            }
        }
    }

    /** @return whether the log goes on */
    private boolean step(int type, ByteBuffer block, long at) throws IOException {
        switch (type) {
            case DESCRIPTOR -> descriptor(block);
            case REVOCATION -> revocation(block);
            case COMMIT -> {
                return commit(block, at);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private ByteBuffer next() throws IOException {
        ByteBuffer block = file.read(position);
        left--;
        position = position + 1 == superblock.last() ? superblock.first() : position + 1;
        return block;
    }

    private void descriptor(ByteBuffer block) throws IOException {
        transaction.doubtful |= !tailMatches(block);
        addToSum(block);
        for (Tag tag : Tag.parse(block, superblock)) {
            if (left <= 0) {
                return;
            }
            long at = position;
            ByteBuffer image = next();
            addToSum(image);
            if (transaction.damaged < 0 && !matches(tag, image)) {
                transaction.damaged = at;
            }
            transaction.images.add(new Transaction.Image(tag.block(), file.place(at), tag.escaped()));
        }
        redirections.check(transaction);
    }

    private void addToSum(ByteBuffer block) {
        if (superblock.hasTransactionChecksums()) {
            transaction.sum = Crc32Be.update(transaction.sum, block);
        }
    }

    private boolean matches(Tag tag, ByteBuffer image) {
        if (tag.block() < 0 || tag.block() >= blockCount) {
            return false;
        } else if (!superblock.hasBlockChecksums()) {
            return true;
        }
        int sum = Crc32c.update(seed, Integer.reverseBytes(sequence));
        sum = Crc32c.update(sum, image);
        return tag.checksum() == (superblock.wideTags() ? sum : sum & 0xFFFF);
    }

    private boolean tailMatches(ByteBuffer block) {
        int tail = block.limit() - Integer.BYTES;
        return !superblock.hasBlockChecksums() || Crc32c.update(seed, block, tail, Integer.BYTES) == block.getInt(tail);
    }

    private void revocation(ByteBuffer block) throws IOException {
        transaction.doubtful |= !tailMatches(block);
        int record = superblock.wide() ? Long.BYTES : Integer.BYTES;
        int room = block.limit() - (superblock.hasBlockChecksums() ? Integer.BYTES : 0);
        long end = Math.min(block.getInt(12) & 0xFFFF_FFFFL, room);
        for (int at = REVOCATION_HEADER; at + record <= end; at += record) {
            transaction.revoked.add(superblock.wide() ? block.getLong(at) : block.getInt(at) & 0xFFFF_FFFFL);
        }
        redirections.check(transaction);
    }

    private boolean commit(ByteBuffer block, long at) throws IOException {
        long time = block.getLong(0x30);
        boolean sound = superblock.hasTransactionChecksums() ? sumMatches(block) : commitMatches(block);
        if (time < lastCommit && (!sound || transaction.doubtful)) {
            // Left from an older log that went round.
            return false;
        } else if (transaction.doubtful) {
            throw refused(at, "the checksum of transaction " + number() + " does not match");
        } else if (!sound) {
            // The power failed while it was written, or it was damaged since: a check of the file system ends here too.
            broken = true;
            return false;
        } else if (transaction.damaged >= 0) {
            throw refused(
                    transaction.damaged,
                    "what transaction " + number() + " has for one block is damaged, or for a block that is not there");
        }
        redirections.commit(transaction);
        transaction = new Transaction();
        lastCommit = time;
        sequence++;
        committed++;
        return true;
    }

    private String number() {
        return Integer.toUnsignedString(sequence);
    }

    private FileSystemRefusedException refused(long at, String why) throws IOException {
        return new FileSystemRefusedException(
                file.name(), file.place(at), why + "; a file system check can repair it (e2fsck -f)");
    }

    private boolean commitMatches(ByteBuffer block) {
        return !superblock.hasBlockChecksums()
                || Crc32c.update(seed, block, CHECKSUM_IN_COMMIT, Integer.BYTES) == block.getInt(CHECKSUM_IN_COMMIT);
    }

    /** Old kernels leave the place of the checksum empty. */
    private boolean sumMatches(ByteBuffer block) {
        int kindAndSize = block.getShort(12);
        int sum = block.getInt(CHECKSUM_IN_COMMIT);
        return kindAndSize == 0x0104 && sum == transaction.sum || kindAndSize == 0 && sum == 0;
    }
}
