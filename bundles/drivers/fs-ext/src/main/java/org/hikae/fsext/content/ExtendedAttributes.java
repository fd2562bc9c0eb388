package org.hikae.fsext.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;
import org.hikae.fsext.checksum.Crc32c;
import org.hikae.fsext.content.AttributeList.Entry;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.volume.Fields;
import org.hikae.fsext.volume.Volume;

/** The extended attributes of files: in the inode, in a block of their own, large values in inodes of their own. */
public final class ExtendedAttributes {

    private static final int ACCESS_LIST = 2;
    private static final int DEFAULT_LIST = 3;
    private static final int SYSTEM = 7;

    private static final Map<Integer, String> PREFIXES = Map.of(
            0,
            "",
            1,
            "user.",
            ACCESS_LIST,
            "system.posix_acl_access",
            DEFAULT_LIST,
            "system.posix_acl_default",
            4,
            "trusted.",
            6,
            "security.",
            SYSTEM,
            "system.",
            8,
            "system.richacl",
            9,
            "encryption.");

    private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);

    private static final int MAGIC_BYTES = 4;
    private static final int BLOCK_HEADER = 32;
    private static final int BLOCK_CHECKSUM = 16;
    /** No value that the kernel lets anybody set is larger. */
    private static final long LARGEST = 64 << 10;

    private final Volume volume;
    private final InodeTable inodes;
    private final FileContent content;

    ExtendedAttributes(Volume volume, InodeTable inodes, FileContent content) {
        this.volume = volume;
        this.inodes = inodes;
        this.content = content;
    }

    /** All but the one that holds content of the file. */
    public List<ExtendedAttribute> of(Inode inode) throws IOException {
        List<ExtendedAttribute> all = new ArrayList<>();
        Fields own = ownEntries(inode);
        for (Entry entry : AttributeList.parse(own, 0, inode, inode.block())) {
            if (!isData(entry)) {
                all.add(attribute(inode, entry, own));
            }
        }
        if (inode.attributeBlock() != 0) {
            Fields block = block(inode);
            for (Entry entry : AttributeList.parse(block, BLOCK_HEADER, inode, inode.attributeBlock())) {
                all.add(attribute(inode, entry, block));
            }
        }
        return all;
    }

    /** The part of a file's content that an attribute of its inode holds. */
    Optional<byte[]> data(Inode inode) throws IOException {
        Fields own = ownEntries(inode);
        for (Entry entry : AttributeList.parse(own, 0, inode, inode.block())) {
            if (isData(entry)) {
                return Optional.of(value(inode, entry, own));
            }
        }
        return Optional.empty();
    }

    private static boolean isData(Entry entry) {
        return entry.prefix() == SYSTEM && Arrays.equals(entry.name(), DATA);
    }

    /** What is after the magic number in the inode's own space; nothing if there is none. */
    private static Fields ownEntries(Inode inode) {
        Fields space = inode.attributeSpace();
        boolean some = space.size() >= MAGIC_BYTES && space.i32(0) == AttributeList.MAGIC;
        return new Fields(some ? space.slice(MAGIC_BYTES, space.size() - MAGIC_BYTES) : ByteBuffer.allocate(0));
    }

    private Fields block(Inode inode) throws IOException {
        long number = inode.attributeBlock();
        Fields block = volume.blocks().read(number, "extended attributes of inode " + inode.number());
        if (block.i32(0) != AttributeList.MAGIC || block.u32(8) != 1) {
            throw AttributeList.refused(inode, number, "the header of their block is damaged");
        }
        if (volume.checksums() && checksum(number, block) != block.i32(BLOCK_CHECKSUM)) {
            throw AttributeList.refused(inode, number, "the checksum of their block does not match");
        }
        return block;
    }

    private int checksum(long number, Fields block) {
        int state = Crc32c.update(Crc32c.update(volume.seed(), (int) number), (int) (number >>> 32));
        return Crc32c.update(state, block.all(), BLOCK_CHECKSUM, Integer.BYTES);
    }

    private ExtendedAttribute attribute(Inode inode, Entry entry, Fields place) throws IOException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        String prefix = PREFIXES.getOrDefault(entry.prefix(), entry.prefix() + ".");
        name.writeBytes(prefix.getBytes(StandardCharsets.UTF_8));
        name.writeBytes(entry.name());
        byte[] value = value(inode, entry, place);
        if (isAccessControlList(entry)) {
            value = AccessControlList.shown(value)
                    .orElseThrow(
                            () -> AttributeList.refused(inode, inode.block(), "the access control list is damaged"));
        }
        return new ExtendedAttribute(FileName.of(name.toByteArray()), value);
    }

    private static boolean isAccessControlList(Entry entry) {
        return (entry.prefix() == ACCESS_LIST || entry.prefix() == DEFAULT_LIST) && entry.name().length == 0;
    }

    private byte[] value(Inode inode, Entry entry, Fields place) throws IOException {
        if (entry.valueInode() == 0) {
            return entry.valueSize() == 0 ? new byte[0] : place.copy(entry.valueOffset(), (int) entry.valueSize());
        }
        Inode holder = inodes.get(entry.valueInode());
        if (!holder.isAttributeValue() || entry.valueSize() > Math.min(holder.size(), LARGEST)) {
            throw AttributeList.refused(
                    inode, inode.block(), "a value lies in inode " + holder.number() + ", which does not hold one");
        }
        byte[] value = new byte[(int) entry.valueSize()];
        content.readBlocks(holder, ByteBuffer.wrap(value), 0);
        return value;
    }
}
