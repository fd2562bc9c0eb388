package org.hikae.fsext.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.fsext.checksum.Crc32c;

/** A file system on a device: what everything else is read from. For one thread at a time. */
public final class Volume {

    private final BlockDevice device;
    private final Superblock superblock;
    private final Blocks blocks;
    private final boolean checksums;
    private final int seed;

    /** Reads and checks the superblock; the device stays the caller's to close. */
    public Volume(BlockDevice device) throws IOException {
        this.device = device;
        superblock = Superblock.read(device);
        blocks = new Blocks(device, superblock.blockSize(), superblock.blockCount());
        checksums = superblock.features().readOnlyCompatible(Features.METADATA_CSUM);
        seed = superblock.checksumSeed();
    }

    public BlockDevice device() {
        return device;
    }

    public Superblock superblock() {
        return superblock;
    }

    public Blocks blocks() {
        return blocks;
    }

    /** Whether all structures have checksums ({@code metadata_csum}). */
    public boolean checksums() {
        return checksums;
    }

    /** What checksums begin with. */
    public int seed() {
        return seed;
    }

    /** What the checksums of an inode and of the blocks of its map and its directory begin with. */
    public int seed(long inode, int generation) {
        return Crc32c.update(Crc32c.update(seed, (int) inode), generation);
    }

    /** The checksum of a structure that has nothing but its content. */
    public int checksum(ByteBuffer data) {
        return Crc32c.update(seed, data);
    }
}
