package org.hikae.fsext.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.fsext.content.FileContent;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.volume.Fields;
import org.hikae.fsext.volume.Volume;

/** Lists directories, a block at a time. An index is not needed for that: its blocks look as if they had no names. */
public final class Directories {

    /** Bytes of an inode that holds a directory which are its parent's number. */
    private static final int PARENT = 4;

    private final Volume volume;
    private final InodeTable inodes;
    private final BlockMap map;
    private final FileContent content;
    private final DirectoryBlock format;
    private final DirectoryChecksum checksum;

    public Directories(Volume volume, InodeTable inodes, BlockMap map, FileContent content) {
        this.volume = volume;
        this.inodes = inodes;
        this.map = map;
        this.content = content;
        this.format = new DirectoryBlock(volume.superblock());
        this.checksum = new DirectoryChecksum(volume, format);
    }

    /** @param from number of a block of the directory */
    public DirectoryPart list(Inode directory, long from) throws IOException {
        if (!directory.isDirectory()) {
            throw refused(directory, directory.block(), "it is no directory");
        }
        if (directory.hasInlineData()) {
            return new DirectoryPart(inline(directory), -1);
        }
        long blocks = blocks(directory);
        long physical = place(directory, from);
        String name = "directory of inode " + directory.number();
        Fields fields = volume.blocks().read(physical, name);
        checksum.check(directory, from, fields, name, physical);
        return new DirectoryPart(
                format.entries(fields, directory.isEncrypted(), name, physical), from + 1 < blocks ? from + 1 : -1);
    }

    /** Number of blocks; more than the file system has cannot be, since a directory has no holes. */
    private long blocks(Inode directory) throws IOException {
        long bytes = inodes.sizeOf(directory);
        int size = volume.blocks().size();
        if (bytes == 0 || bytes % size != 0 || bytes / size > volume.blocks().count()) {
            throw refused(directory, directory.block(), "its size of " + bytes + " bytes is impossible");
        }
        return bytes / size;
    }

    private long place(Inode directory, long logical) throws IOException {
        List<FileExtent> found = new ArrayList<>();
        map.visit(directory, logical, map.budget(), extent -> {
            found.add(extent);
            return false;
        });
        if (found.isEmpty() || found.get(0).logical() > logical || found.get(0).unwritten()) {
            throw refused(directory, directory.block(), "it has no block " + logical);
        }
        return found.get(0).physical() + logical - found.get(0).logical();
    }

    private List<DirectoryEntry> inline(Inode directory) throws IOException {
        byte[] bytes = content.inline(directory);
        String name = "directory of inode " + directory.number();
        Fields own = new Fields(ByteBuffer.wrap(bytes, PARENT, Inode.MAP_BYTES - PARENT));
        List<DirectoryEntry> entries =
                new ArrayList<>(format.entries(own, directory.isEncrypted(), name, directory.block()));
        if (bytes.length > Inode.MAP_BYTES) {
            Fields rest = new Fields(ByteBuffer.wrap(bytes, Inode.MAP_BYTES, bytes.length - Inode.MAP_BYTES));
            entries.addAll(format.entries(rest, directory.isEncrypted(), name, directory.block()));
        }
        return entries;
    }

    private static FileSystemRefusedException refused(Inode directory, long block, String why) {
        return new FileSystemRefusedException("directory of inode " + directory.number(), block, why);
    }
}
