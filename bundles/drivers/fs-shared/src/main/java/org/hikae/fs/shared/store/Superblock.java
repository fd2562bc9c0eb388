package org.hikae.fs.shared.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.shared.FormatOptions;

/**
 * What is where on the disk: superblock, journal, region of the tables, data, and a copy of the superblock in the last block.
 * It is written once, by format, last of all. See {@code docs/formats/fs-shared.md}.
 *
 * @param id of the file system
 * @param label for people, of at most 64 bytes in UTF-8
 * @param blockSize bytes, a power of two from 4096 to 65536
 * @param blocks number of blocks of the file system, which begins where the device begins
 * @param journalBlocks blocks of the journal, from block 1 on
 * @param regionBlocks blocks of the region of the tables, after the journal
 */
public record Superblock(UUID id, String label, int blockSize, long blocks, long journalBlocks, long regionBlocks) {

    /** The smallest file system block, in bytes. */
    public static final int SMALLEST_BLOCK = 4096;

    /** A sector, which a disk writes in full or not at all. */
    private static final int BYTES = 512;

    private static final int CHECKSUM = BYTES - Integer.BYTES;
    private static final byte[] MAGIC = "HikaeFS\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int LONGEST_LABEL = 64;

    /**
     * Where everything goes on a device that is to be formatted.
     *
     * @throws IOException if the device is too small for what is asked, or the label is too long
     */
    public static Superblock plan(BlockDevice device, FormatOptions options) throws IOException {
        int blockSize = Math.max(SMALLEST_BLOCK, device.blockSize());
        if (options.label().getBytes(StandardCharsets.UTF_8).length > LONGEST_LABEL) {
            throw new IOException("The label " + options.label() + " is longer than 64 bytes. Choose a shorter one.");
        }
        MetadataSize size = MetadataSize.of(device.size(), options.metadataBytes());
        long journal = size.journal() / blockSize;
        long region = size.region() / blockSize;
        long blocks = device.size() / blockSize;
        if (blocks - journal - region < 3) {
            throw new IOException("There is no room for data: the disk has " + device.size()
                    + " bytes, and the metadata" + " region would take " + (size.journal() + size.region())
                    + ". Make the one larger or the other smaller.");
        }
        return new Superblock(options.id(), options.label(), blockSize, blocks, journal, region);
    }

    /** Whether a superblock begins the device; what it says may make no sense. */
    public static boolean isOn(BlockDevice device) throws IOException {
        return device.size() >= BYTES && hasMagic(bytes(device, 0));
    }

    /**
     * Reads and checks it; the copy at the end of the device stands in for a damaged one.
     *
     * @throws FileSystemRefusedException if there is none, or it makes no sense
     */
    public static Superblock read(BlockDevice device) throws IOException {
        if (!isOn(device)) {
            throw new FileSystemRefusedException("superblock", 0, "there is none of a shared file system");
        }
        ByteBuffer bytes = bytes(device, 0);
        if (!isWhole(bytes)) {
            bytes = bytes(device, lastBlock(device));
        }
        if (!hasMagic(bytes) || !isWhole(bytes)) {
            throw new FileSystemRefusedException(
                    "superblock", 0, "its checksum is wrong, and so is its copy's in the last block of the disk");
        }
        return parse(bytes, device);
    }

    /** Overwrites what {@link #isOn} knows the file system by, in both places, durably. */
    public static void erase(BlockDevice device) throws IOException {
        device.zero(0, SMALLEST_BLOCK);
        device.zero(lastBlock(device), SMALLEST_BLOCK);
        device.force();
    }

    /** Writes it and its copy durably, the one at the start of the device last. */
    public void write(BlockDevice device) throws IOException {
        device.force();
        device.write(encode(), lastBlock(device));
        device.force();
        device.write(encode(), 0);
        device.force();
    }

    /** What is wrong with it or its copy, where it was read by the other one; a sentence each. */
    public List<String> damages(BlockDevice device) throws IOException {
        List<String> damages = new ArrayList<>();
        if (!bytes(device, 0).equals(encode().limit(BYTES))) {
            damages.add("the superblock in block 0 is damaged; its copy in the last block stands in for it");
        }
        if (!bytes(device, (blocks - 1) * blockSize).equals(encode().limit(BYTES))) {
            damages.add("the copy of the superblock in block " + (blocks - 1)
                    + " is damaged, and cannot stand in for the one in block 0");
        }
        return damages;
    }

    public BlockRun journal() {
        return new BlockRun(1, journalBlocks);
    }

    public BlockRun region() {
        return new BlockRun(1 + journalBlocks, regionBlocks);
    }

    /** The blocks that files can have. */
    public BlockRun data() {
        long first = region().end();
        return new BlockRun(first, blocks - 1 - first);
    }

    private static long lastBlock(BlockDevice device) {
        int blockSize = Math.max(SMALLEST_BLOCK, device.blockSize());
        return Math.max(1, device.size() / blockSize) * blockSize - blockSize;
    }

    private static ByteBuffer bytes(BlockDevice device, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        device.read(bytes, at);
        return bytes.flip();
    }

    private static boolean hasMagic(ByteBuffer bytes) {
        return Arrays.equals(bytes.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static boolean isWhole(ByteBuffer bytes) {
        return bytes.getInt(CHECKSUM) == Checksum.of(bytes.slice(0, CHECKSUM));
    }

    private ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(SMALLEST_BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        byte[] name = label.getBytes(StandardCharsets.UTF_8);
        bytes.put(MAGIC).putInt(VERSION).putInt(blockSize);
        bytes.order(ByteOrder.BIG_ENDIAN);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(blocks).putLong(journalBlocks).putLong(regionBlocks);
        bytes.putInt(name.length).put(name);
        bytes.putInt(CHECKSUM, Checksum.of(bytes.slice(0, CHECKSUM)));
        return bytes.rewind();
    }

    private static Superblock parse(ByteBuffer bytes, BlockDevice device) throws IOException {
        bytes.position(MAGIC.length);
        int version = bytes.getInt();
        if (version != VERSION) {
            throw refused("its version is " + version + ", and known is " + VERSION);
        }
        int blockSize = bytes.getInt();
        bytes.order(ByteOrder.BIG_ENDIAN);
        UUID id = new UUID(bytes.getLong(), bytes.getLong());
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        long blocks = bytes.getLong();
        long journal = bytes.getLong();
        long region = bytes.getLong();
        checkPlaces(blockSize, blocks, journal, region, device.size());
        byte[] name = new byte[checkLabel(bytes.getInt())];
        bytes.get(name);
        return new Superblock(id, new String(name, StandardCharsets.UTF_8), blockSize, blocks, journal, region);
    }

    private static int checkLabel(int length) throws IOException {
        if (length < 0 || length > LONGEST_LABEL) {
            throw refused("its label has " + length + " bytes");
        }
        return length;
    }

    private static void checkPlaces(int blockSize, long blocks, long journal, long region, long size)
            throws IOException {
        if (Integer.bitCount(blockSize) != 1 || blockSize < SMALLEST_BLOCK || blockSize > 1 << 16) {
            throw refused("blocks cannot have " + blockSize + " bytes");
        }
        if (blocks < 1 || blocks > size / blockSize) {
            throw refused("it speaks of " + blocks + " blocks, and the disk has " + size / blockSize);
        }
        if (!MetadataSize.isPossible(journal, region, blockSize) || blocks - journal - region < 3) {
            throw refused("a journal of " + journal + " blocks and a region of " + region + " cannot be");
        }
    }

    private static FileSystemRefusedException refused(String why) {
        return new FileSystemRefusedException("superblock", 0, why);
    }
}
