package org.hikae.fsext.directory;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.content.Ciphertext;
import org.hikae.fsext.volume.Features;
import org.hikae.fsext.volume.Fields;
import org.hikae.fsext.volume.Superblock;

/** The entries of a block of a directory, or of such a piece of an inode. Blocks of an index have entries without names. */
final class DirectoryBlock {

    private static final int HEADER = 8;
    /** A length that does not fit into 16 bits stands in their lowest two. */
    private static final int LOW_BITS = 3;

    private final Superblock superblock;
    private final boolean hasTypes;

    DirectoryBlock(Superblock superblock) {
        this.superblock = superblock;
        this.hasTypes = superblock.features().incompatible(Features.FILETYPE);
    }

    /**
     * Its entries, but for {@code .} and {@code ..}.
     *
     * @param encrypted whether all other names are
     * @param name what it is called in messages
     * @param block where it lies
     */
    List<DirectoryEntry> entries(Fields fields, boolean encrypted, String name, long block)
            throws FileSystemRefusedException {
        List<DirectoryEntry> entries = new ArrayList<>();
        int at = 0;
        while (at < fields.size()) {
            int length = at <= fields.size() - HEADER ? length(fields, at) : 0;
            int nameLength = length < HEADER ? 0 : hasTypes ? fields.u8(at + 6) : fields.u16(at + 6);
            if (length < HEADER || length % 4 != 0 || nameLength > length - HEADER || length > fields.size() - at) {
                throw refused(name, block, "the entry at byte " + at + " has an impossible length");
            }
            byte[] bytes = fields.copy(at + HEADER, nameLength);
            if (fields.u32(at) != 0 && !isItself(bytes)) {
                FileName shown = encrypted ? Ciphertext.shown(bytes) : FileName.of(bytes);
                check(shown, fields.u32(at), name, block);
                entries.add(new DirectoryEntry(shown, fields.u32(at)));
            }
            at += length;
        }
        return entries;
    }

    private void check(FileName entry, long inode, String name, long block) throws FileSystemRefusedException {
        byte[] bytes = entry.bytes();
        if (bytes.length == 0 || bytes.length > 255 || hasForbidden(bytes) || inode > superblock.inodeCount()) {
            throw refused(name, block, "the entry '" + entry + "' for inode " + inode + " is impossible");
        }
    }

    /** Whether it names the directory itself, or its parent. */
    private static boolean isItself(byte[] bytes) {
        return bytes.length <= 2 && bytes.length > 0 && bytes[0] == '.' && bytes[bytes.length - 1] == '.';
    }

    /** A slash or NUL in a name would lead whoever restores it to another place. */
    private static boolean hasForbidden(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '/' || b == 0) {
                return true;
            }
        }
        return false;
    }

    /** Length of the entry at an offset; in large blocks, 0 and 65535 mean the whole block. */
    int length(Fields fields, int at) {
        int stored = fields.u16(at + 4);
        if (superblock.blockSize() < 1 << 16) {
            return stored;
        }
        return stored == 0 || stored == 0xFFFF
                ? superblock.blockSize()
                : stored & ~LOW_BITS | (stored & LOW_BITS) << 16;
    }

    private static FileSystemRefusedException refused(String name, long block, String why) {
        return new FileSystemRefusedException(name, block, why);
    }
}
