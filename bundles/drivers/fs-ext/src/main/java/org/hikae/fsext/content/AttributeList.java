package org.hikae.fsext.content;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.volume.Fields;

/** The extended attributes of one place, an inode's own space or a block: entries from the front, values from the back. */
final class AttributeList {

    static final int MAGIC = 0xEA020000;

    private static final int ENTRY = 16;
    private static final int END = 4;

    private AttributeList() {}

    /**
     * An entry.
     *
     * @param prefix number of the name's first part
     * @param name the rest of it
     * @param valueInode whose content is the value; 0 if the value is here
     * @param valueOffset where it is within its place
     * @param valueSize bytes
     */
    record Entry(int prefix, byte[] name, long valueInode, int valueOffset, long valueSize) {}

    /**
     * The entries.
     *
     * @param place from what offsets of values count from
     * @param first offset of the first entry
     * @param inode whose they are
     * @param block where they lie, for messages
     */
    static List<Entry> parse(Fields place, int first, Inode inode, long block) throws FileSystemRefusedException {
        List<Entry> entries = new ArrayList<>();
        int at = first;
        while (at <= place.size() - END && place.i32(at) != 0) {
            int nameLength = at <= place.size() - ENTRY ? place.u8(at) : 0;
            int next = at + ENTRY + (nameLength + 3) / 4 * 4;
            if (nameLength == 0 && at > place.size() - ENTRY || next > place.size()) {
                throw refused(inode, block, "an entry sticks out of its place");
            }
            Entry entry = new Entry(
                    place.u8(at + 1),
                    place.copy(at + ENTRY, nameLength),
                    place.u32(at + 4),
                    place.u16(at + 2),
                    place.u32(at + 8));
            boolean here = entry.valueInode() == 0 && entry.valueSize() > 0;
            if (here && entry.valueOffset() + entry.valueSize() > place.size()) {
                throw refused(inode, block, "a value sticks out of its place");
            }
            entries.add(entry);
            at = next;
        }
        return entries;
    }

    static FileSystemRefusedException refused(Inode inode, long block, String why) {
        return new FileSystemRefusedException("extended attributes of inode " + inode.number(), block, why);
    }
}
