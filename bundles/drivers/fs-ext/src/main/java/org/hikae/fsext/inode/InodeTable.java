package org.hikae.fsext.inode;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc32c;
import org.hikae.fsext.group.Group;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.volume.Features;
import org.hikae.fsext.volume.Fields;
import org.hikae.fsext.volume.Superblock;
import org.hikae.fsext.volume.Volume;

/** The inodes of a file system: one, or all that are in use. */
public final class InodeTable {

    private static final int SCAN_BYTES = 1 << 20;

    private final Volume volume;
    private final Superblock superblock;
    private final GroupTable groups;
    private final int size;
    /** What was asked for last: one file is asked for several things. Null at first. */
    private Inode last;

    public InodeTable(Volume volume, GroupTable groups) {
        this.volume = volume;
        this.superblock = volume.superblock();
        this.groups = groups;
        this.size = superblock.inodeSize();
    }

    /** Is shown inodes. */
    public interface Visitor {

        /**
         * @param inode not to be kept: its bytes are used again
         * @return whether to go on
         */
        boolean visit(Inode inode) throws IOException;
    }

    /**
     * An inode in use.
     *
     * @throws FileSystemRefusedException if there is no such inode, nothing refers to it, or its checksum does not match
     */
    public Inode get(long number) throws IOException {
        if (last == null || last.number() != number) {
            last = read(number);
        }
        return last;
    }

    private Inode read(long number) throws IOException {
        if (number < 1 || number > superblock.inodeCount()) {
            throw new FileSystemRefusedException(
                    "inode " + number, -1, "there are only the inodes 1 to " + superblock.inodeCount());
        }
        Group group = groups.get((number - 1) / superblock.inodesPerGroup());
        long index = (number - 1) % superblock.inodesPerGroup();
        long offset = group.inodeTable() * volume.blocks().size() + index * size;
        if (index >= usedInodes(group)) {
            throw new FileSystemRefusedException(
                    "inode " + number, offset / volume.blocks().size(), "it was never used");
        }
        Inode inode = new Inode(
                number, offset / volume.blocks().size(), volume.blocks().bytes(offset, size));
        if (inode.links() == 0) {
            throw new FileSystemRefusedException("inode " + number, inode.block(), "it is free, or deleted");
        }
        check(inode);
        return inode;
    }

    /** All inodes that something refers to, in order; checks each. */
    public void scan(Visitor visitor) throws IOException {
        scanAll(inode -> {
            if (inode.links() == 0) {
                return true;
            }
            check(inode);
            return visitor.visit(inode);
        });
    }

    /** All inodes that were ever used, in order, deleted ones too. They are not checked: see {@link #check}. */
    public void scanAll(Visitor visitor) throws IOException {
        int blockSize = volume.blocks().size();
        ByteBuffer buffer = ByteBuffer.allocate(
                (int) Math.min(Math.max(SCAN_BYTES, blockSize), superblock.inodeTableBlocks() * blockSize));
        for (long number = 0; number < groups.count(); number++) {
            if (!scan(groups.get(number), buffer, visitor)) {
                return;
            }
        }
    }

    private boolean scan(Group group, ByteBuffer buffer, Visitor visitor) throws IOException {
        int blockSize = volume.blocks().size();
        long used = usedInodes(group);
        long first = group.number() * superblock.inodesPerGroup() + 1;
        long blocks = Superblock.ceil(used * size, blockSize);
        long batch = buffer.capacity() / blockSize;
        for (long done = 0; done < blocks; done += batch) {
            buffer.clear().limit((int) Math.min(batch, blocks - done) * blockSize);
            volume.blocks().read(buffer, group.inodeTable() + done, group.called("inode table"));
            long start = done * blockSize / size;
            int count = (int) Math.min(used - start, buffer.limit() / size);
            if (!visit(first + start, count, group.inodeTable() + done, buffer.flip(), visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean visit(long first, int count, long block, ByteBuffer inodes, Visitor visitor) throws IOException {
        for (int i = 0; i < count; i++) {
            long at = block + (long) i * size / volume.blocks().size();
            if (!visitor.visit(new Inode(first + i, at, new Fields(inodes.slice(i * size, size))))) {
                return false;
            }
        }
        return true;
    }

    private long usedInodes(Group group) {
        return group.inodesUninitialized() ? 0 : superblock.inodesPerGroup() - group.unusedInodes();
    }

    /** Size in bytes of a file or directory. */
    public long sizeOf(Inode inode) throws FileSystemRefusedException {
        boolean large = inode.isDirectory() && superblock.features().incompatible(Features.LARGE_DIR);
        long bytes = large ? inode.largeDirectorySize() : inode.size();
        if (bytes < 0) {
            throw new FileSystemRefusedException("inode " + inode.number(), inode.block(), "its size is impossible");
        }
        return bytes;
    }

    /** @throws FileSystemRefusedException if it cannot be right */
    public void check(Inode inode) throws FileSystemRefusedException {
        int extra = inode.extraSize();
        if (extra % 4 != 0 || extra > size - Inode.BASE_SIZE) {
            throw new FileSystemRefusedException(
                    "inode " + inode.number(), inode.block(), "it has an impossible extra size " + extra);
        }
        if (volume.checksums() && !checksumMatches(inode)) {
            throw new FileSystemRefusedException(
                    "inode " + inode.number(), inode.block(), "its checksum does not match");
        }
    }

    private boolean checksumMatches(Inode inode) {
        int state = volume.seed(inode.number(), inode.generation());
        state = Crc32c.update(state, inode.fields().slice(0, Inode.BASE_SIZE), Inode.CHECKSUM, 2);
        int low = inode.fields().u16(Inode.CHECKSUM);
        if (size == Inode.BASE_SIZE) {
            return (state & 0xFFFF) == low;
        }
        ByteBuffer rest = inode.fields().slice(Inode.BASE_SIZE, size - Inode.BASE_SIZE);
        if (!inode.hasWideChecksum()) {
            return (Crc32c.update(state, rest) & 0xFFFF) == low;
        }
        int high = inode.fields().u16(Inode.CHECKSUM_HIGH);
        return Crc32c.update(state, rest, Inode.CHECKSUM_HIGH - Inode.BASE_SIZE, 2) == (low | high << 16);
    }
}
