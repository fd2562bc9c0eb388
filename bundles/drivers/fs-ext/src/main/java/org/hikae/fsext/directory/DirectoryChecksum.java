package org.hikae.fsext.directory;

import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc32c;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.volume.Fields;
import org.hikae.fsext.volume.Volume;

/** The checksums of a directory's blocks. Blocks with names and blocks of an index keep them in different places. */
final class DirectoryChecksum {

    /** The last entry of a block with names is no entry, but says that it holds the checksum. */
    private static final int TAIL = 12;

    private static final int TAIL_MARK = 0xDE00000C;
    private static final int INDEX_ENTRY = 8;

    private final Volume volume;
    private final DirectoryBlock format;

    DirectoryChecksum(Volume volume, DirectoryBlock format) {
        this.volume = volume;
        this.format = format;
    }

    /** @param logical number of the block within the directory */
    void check(Inode directory, long logical, Fields fields, String name, long block)
            throws FileSystemRefusedException {
        if (!volume.checksums()) {
            return;
        }
        int seed = volume.seed(directory.number(), directory.generation());
        int start = directory.isIndexed() ? indexStart(logical, fields) : -1;
        boolean matches = start >= 0 ? indexMatches(seed, fields, start) : namesMatch(seed, fields);
        if (!matches) {
            throw new FileSystemRefusedException(name, block, "its checksum does not match");
        }
    }

    private static boolean namesMatch(int seed, Fields fields) {
        int tail = fields.size() - TAIL;
        return fields.u32(tail) == 0
                && fields.i32(tail + 4) == TAIL_MARK
                && fields.i32(tail + 8) == Crc32c.update(seed, fields.slice(0, tail));
    }

    /** Where limit and count of an index stand in a block; -1 if the block has names. */
    private int indexStart(long logical, Fields fields) {
        if (logical == 0) {
            // After the entries for the directory itself and its parent, and eight bytes about the index.
            return 24 + fields.u8(24 + 5);
        }
        return fields.u32(0) == 0 && format.length(fields, 0) == fields.size() ? 8 : -1;
    }

    private static boolean indexMatches(int seed, Fields fields, int start) {
        int limit = fields.u16(start);
        int count = fields.u16(start + 2);
        int tail = start + limit * INDEX_ENTRY;
        if (count > limit || tail > fields.size() - INDEX_ENTRY) {
            return false;
        }
        int sum = Crc32c.update(seed, fields.slice(0, start + count * INDEX_ENTRY));
        sum = Crc32c.update(Crc32c.update(sum, fields.i32(tail)), 0);
        return sum == fields.i32(tail + 4);
    }
}
