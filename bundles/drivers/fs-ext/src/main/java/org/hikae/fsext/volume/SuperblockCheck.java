package org.hikae.fsext.volume;

import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc32c;

/** Whether what a superblock says makes sense: from here on everybody can rely on it. */
final class SuperblockCheck {

    private final Superblock superblock;
    private final Fields fields;

    SuperblockCheck(Superblock superblock) {
        this.superblock = superblock;
        this.fields = superblock.fields();
    }

    /** @param deviceSize bytes that there are */
    void check(long deviceSize) throws FileSystemRefusedException {
        checksum();
        sizes();
        blocks(deviceSize);
        clusters();
        inodes();
        descriptors();
        if (superblock.hasExternalJournal()) {
            throw refused("its journal lies on another device, which is not supported");
        }
    }

    private void checksum() throws FileSystemRefusedException {
        if (!superblock.features().readOnlyCompatible(Features.METADATA_CSUM)) {
            return;
        }
        require(fields.u8(0x175) == 1, "checksum type", fields.u8(0x175));
        int sum = Crc32c.update(-1, fields.slice(0, Superblock.CHECKSUM));
        if (sum != fields.i32(Superblock.CHECKSUM)) {
            throw refused("its checksum does not match");
        }
    }

    private void sizes() throws FileSystemRefusedException {
        require(superblock.revision() <= 1, "revision", superblock.revision());
        require(fields.u32(0x18) <= 6, "block size 1024 <<", fields.u32(0x18));
        int inode = superblock.inodeSize();
        require(inode >= 128 && inode <= superblock.blockSize() && Integer.bitCount(inode) == 1, "inode size", inode);
        int descriptor = superblock.descriptorSize();
        boolean wide = superblock.features().incompatible(Features.WIDE);
        require(
                descriptor >= (wide ? 64 : 32) && descriptor <= 1024 && Integer.bitCount(descriptor) == 1,
                "group descriptor size",
                descriptor);
    }

    private void blocks(long deviceSize) throws FileSystemRefusedException {
        long count = superblock.blockCount();
        require(count > superblock.firstBlock(), "number of blocks", count);
        if (count > deviceSize / superblock.blockSize()) {
            throw refused("it has " + count + " blocks of " + superblock.blockSize()
                    + " bytes, but the device has only " + deviceSize + " bytes");
        }
    }

    private void clusters() throws FileSystemRefusedException {
        long most = 8L * superblock.blockSize();
        long perGroup = superblock.blocksPerGroup();
        long first = superblock.firstBlock();
        if (!superblock.features().readOnlyCompatible(Features.BIGALLOC)) {
            require(first == (superblock.blockSize() == 1024 ? 1 : 0), "first block", first);
            require(perGroup > 0 && perGroup <= most, "blocks per group", perGroup);
            return;
        }
        long log = fields.u32(0x1C);
        require(log >= fields.u32(0x18) && log <= 20, "cluster size 1024 <<", log);
        require(
                first == (superblock.blockSize() == 1024 && superblock.clusterBlocks() == 1 ? 1 : 0),
                "first block",
                first);
        long clusters = fields.u32(0x24);
        require(clusters > 0 && clusters <= most, "clusters per group", clusters);
        require(perGroup == clusters * superblock.clusterBlocks(), "blocks per group", perGroup);
    }

    private void inodes() throws FileSystemRefusedException {
        long perGroup = superblock.inodesPerGroup();
        require(perGroup > 0 && perGroup <= 8L * superblock.blockSize(), "inodes per group", perGroup);
        long groups = superblock.groupCount();
        require(groups <= 0xFFFF_FFFFL / perGroup + 1, "number of groups", groups);
        require(superblock.inodeCount() == groups * perGroup, "number of inodes", superblock.inodeCount());
        // Tables that overlap would make reading all inodes take longer than reading the disk.
        require(
                superblock.inodeTableBlocks() <= superblock.blockCount() / groups,
                "size of inode tables",
                superblock.inodeTableBlocks());
        require(superblock.firstInode() >= 11, "first inode", superblock.firstInode());
        require(
                superblock.journalInode() <= superblock.inodeCount(),
                "inode of the journal",
                superblock.journalInode());
    }

    private void descriptors() throws FileSystemRefusedException {
        long blocks = Superblock.ceil(superblock.groupCount() * superblock.descriptorSize(), superblock.blockSize());
        int reserved = superblock.reservedDescriptorBlocks();
        require(reserved <= superblock.blockSize() / 4, "reserved group descriptors", reserved);
        if (superblock.features().incompatible(Features.META_BG)) {
            require(superblock.firstMetaGroup() <= blocks, "first meta group", superblock.firstMetaGroup());
        }
    }

    private static void require(boolean sound, String what, long value) throws FileSystemRefusedException {
        if (!sound) {
            throw refused("it has an impossible " + what + " " + value);
        }
    }

    private static FileSystemRefusedException refused(String why) {
        return new FileSystemRefusedException("superblock", -1, why);
    }
}
