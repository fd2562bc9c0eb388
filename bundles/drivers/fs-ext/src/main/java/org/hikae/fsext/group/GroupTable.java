package org.hikae.fsext.group;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc16;
import org.hikae.fsext.checksum.Crc32c;
import org.hikae.fsext.volume.Blocks;
import org.hikae.fsext.volume.Features;
import org.hikae.fsext.volume.Fields;
import org.hikae.fsext.volume.Superblock;
import org.hikae.fsext.volume.Volume;

/** The group descriptors; each is read and checked when it is asked for, and kept for a while. */
public final class GroupTable {

    private static final int CHECKSUM = 0x1E;
    private static final int CHECKSUM_BYTES = 2;
    /** Descriptors that are kept: files of one tree are in few groups. */
    private static final int RECENT = 256;

    private final Volume volume;
    private final Superblock superblock;
    private final Blocks blocks;
    private final Layout layout;
    /** Each at its number modulo the size; null where none was asked for. */
    private final Group[] recent = new Group[RECENT];

    public GroupTable(Volume volume) {
        this.volume = volume;
        this.superblock = volume.superblock();
        this.blocks = volume.blocks();
        this.layout = new Layout(superblock);
    }

    public Layout layout() {
        return layout;
    }

    public long count() {
        return superblock.groupCount();
    }

    /**
     * A descriptor. If its checksum does not match, but what it leads to has checksums of its own, it is believed as far as
     * they can show: not what it says of parts that were never written.
     *
     * @throws FileSystemRefusedException if its checksum does not match and there are no others, or it points outside of
     *     the file system
     */
    public Group get(long number) throws IOException {
        int place = (int) (number % RECENT);
        if (recent[place] == null || recent[place].number() != number) {
            recent[place] = read(number);
        }
        return recent[place];
    }

    private Group read(long number) throws IOException {
        String name = "descriptor of group " + number;
        long block = layout.descriptorBlock(number);
        Fields fields = fields(number, name, block);
        boolean matches = matches(number, fields);
        if (!matches && !volume.checksums()) {
            throw new FileSystemRefusedException(name, block, "its checksum does not match");
        }
        Group group =
                Group.parse(number, fields, matches && superblock.features().hasGroupChecksums());
        check(group, block);
        return group;
    }

    private Fields fields(long number, String name, long block) throws IOException {
        int size = superblock.descriptorSize();
        int offset = (int) (number % layout.descriptorsPerBlock() * size);
        return new Fields(blocks.read(block, name).slice(offset, size));
    }

    private boolean matches(long number, Fields fields) {
        return !superblock.features().hasGroupChecksums() || fields.u16(CHECKSUM) == checksum(number, fields);
    }

    /** Number of descriptors whose checksum does not match. */
    public long countDoubtful() throws IOException {
        long doubtful = 0;
        for (long number = 0; number < count(); number++) {
            Fields fields = fields(number, "descriptor of group " + number, layout.descriptorBlock(number));
            doubtful += matches(number, fields) ? 0 : 1;
        }
        return doubtful;
    }

    private int checksum(long number, Fields descriptor) {
        if (volume.checksums()) {
            int state = Crc32c.update(volume.seed(), (int) number);
            return Crc32c.update(state, descriptor.all(), CHECKSUM, CHECKSUM_BYTES) & 0xFFFF;
        }
        int state = Crc16.update(0xFFFF, superblock.uuidBytes());
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            state = Crc16.update(state, ByteBuffer.wrap(new byte[] {(byte) (number >>> shift)}));
        }
        state = Crc16.update(state, descriptor.slice(0, CHECKSUM));
        int rest = CHECKSUM + CHECKSUM_BYTES;
        boolean wide = superblock.features().incompatible(Features.WIDE);
        return wide ? Crc16.update(state, descriptor.slice(rest, descriptor.size() - rest)) : state;
    }

    private void check(Group group, long block) throws IOException {
        checkPlace(group, block, group.blockBitmap(), 1);
        checkPlace(group, block, group.inodeBitmap(), 1);
        checkPlace(group, block, group.inodeTable(), superblock.inodeTableBlocks());
        if (group.unusedInodes() > superblock.inodesPerGroup()) {
            throw new FileSystemRefusedException(
                    "descriptor of group " + group.number(),
                    block,
                    "of " + superblock.inodesPerGroup() + " inodes it calls " + group.unusedInodes() + " unused");
        }
    }

    private void checkPlace(Group group, long block, long first, long count) throws FileSystemRefusedException {
        if (first < superblock.firstBlock() || first > blocks.count() - count) {
            throw new FileSystemRefusedException(
                    "descriptor of group " + group.number(),
                    block,
                    "it points to block " + first + ", but blocks go from " + superblock.firstBlock() + " to "
                            + (blocks.count() - 1));
        }
    }

    /** The bitmaps and the inode table, which may lie in other groups. */
    public List<BlockRun> structures(Group group) {
        return List.of(
                new BlockRun(group.blockBitmap(), 1),
                new BlockRun(group.inodeBitmap(), 1),
                new BlockRun(group.inodeTable(), superblock.inodeTableBlocks()));
    }
}
