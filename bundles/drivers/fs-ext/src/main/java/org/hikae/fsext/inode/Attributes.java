package org.hikae.fsext.inode;

import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.fsext.volume.Fields;

/** What an inode says of its file, in the platform's words. */
public final class Attributes {

    private Attributes() {}

    /** @throws FileSystemRefusedException if the inode is of no known type */
    public static FileAttributes of(Inode inode, long size) throws FileSystemRefusedException {
        FileType type = type(inode);
        boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        return new FileAttributes(
                inode.number(),
                type,
                inode.mode() & 0xFFF,
                inode.uid(),
                inode.gid(),
                size,
                inode.links(),
                inode.accessed(),
                inode.modified(),
                inode.changed(),
                inode.created(),
                device ? major(inode.map()) : 0,
                device ? minor(inode.map()) : 0,
                inode.flags());
    }

    private static FileType type(Inode inode) throws FileSystemRefusedException {
        return switch (inode.mode() >> 12) {
            case 0x1 -> FileType.FIFO;
            case 0x2 -> FileType.CHARACTER_DEVICE;
            case 0x4 -> FileType.DIRECTORY;
            case 0x6 -> FileType.BLOCK_DEVICE;
            case 0x8 -> FileType.REGULAR;
            case 0xA -> FileType.SYMLINK;
            case 0xC -> FileType.SOCKET;
            default ->
                throw new FileSystemRefusedException(
                        "inode " + inode.number(),
                        inode.block(),
                        "it is of no known type: its mode is 0" + Integer.toOctalString(inode.mode()));
        };
    }

    /** Small numbers stand in the first word, as they always did; others in the second. */
    private static int major(Fields map) {
        int old = map.i32(0);
        return old != 0 ? old >>> 8 & 0xFF : map.i32(4) >>> 8 & 0xFFF;
    }

    private static int minor(Fields map) {
        int old = map.i32(0);
        int wide = map.i32(4);
        return old != 0 ? old & 0xFF : wide & 0xFF | wide >>> 12 & 0xFFF00;
    }
}
