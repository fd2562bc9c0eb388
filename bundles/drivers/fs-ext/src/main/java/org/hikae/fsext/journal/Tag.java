package org.hikae.fsext.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a descriptor block says of one of the blocks that follow it.
 *
 * @param block of the file system that it is the new content of
 * @param escaped whether its first four bytes looked like the journal's own, and were replaced by zeros
 * @param checksum as far as it is kept
 */
record Tag(long block, boolean escaped, int checksum) {

    private static final int HEADER = 12;
    private static final int UUID = 16;
    private static final int ESCAPED = 1;
    private static final int SAME_UUID = 2;
    private static final int LAST = 8;

    /** The tags of a descriptor block. */
    static List<Tag> parse(ByteBuffer descriptor, JournalSuperblock journal) {
        List<Tag> tags = new ArrayList<>();
        int size = size(journal);
        int end = descriptor.limit() - (journal.hasBlockChecksums() ? Integer.BYTES : 0);
        int flags = 0;
        for (int at = HEADER; at + size <= end && (flags & LAST) == 0; ) {
            flags = journal.wideTags() ? descriptor.getInt(at + 4) : descriptor.getShort(at + 6);
            long block = descriptor.getInt(at) & 0xFFFF_FFFFL;
            if (journal.wide()) {
                block |= (long) descriptor.getInt(at + 8) << 32;
            }
            int checksum = journal.wideTags() ? descriptor.getInt(at + 12) : descriptor.getShort(at + 4) & 0xFFFF;
            tags.add(new Tag(block, (flags & ESCAPED) != 0, checksum));
            at += size + ((flags & SAME_UUID) == 0 ? UUID : 0);
        }
        return tags;
    }

    /** Bytes of a tag. Those of version 2 have two that nobody uses. */
    private static int size(JournalSuperblock journal) {
        if (journal.wideTags()) {
            return 16;
        }
        return (journal.wide() ? 12 : 8) + (journal.hasBlockChecksums() ? 2 : 0);
    }
}
