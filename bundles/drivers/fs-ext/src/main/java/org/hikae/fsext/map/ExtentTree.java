package org.hikae.fsext.map;

import java.io.IOException;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc32c;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.volume.Fields;
import org.hikae.fsext.volume.Volume;

/**
 * The extents of a file: a tree whose root is in the inode. Every node begins with a header and has entries of 12 bytes
 * in ascending order, which lie within the part of the file that the node above gives it: so no node can be met twice.
 */
final class ExtentTree {

    private static final int MAGIC = 0xF30A;
    private static final int ENTRY = 12;
    /** Far more than the 5 levels that any file needs; a level of the stack each. */
    private static final int DEEPEST = 32;
    /** Lengths above it mean that the blocks are not written yet. */
    private static final int LONGEST = 32768;

    private static final long LOGICAL_END = 1L << 32;

    private final Volume volume;

    ExtentTree(Volume volume) {
        this.volume = volume;
    }

    boolean visit(Inode inode, long from, Budget budget, MapVisitor visitor) throws IOException {
        Fields root = inode.map();
        if (root.u16(0) == MAGIC && root.u16(6) > DEEPEST) {
            throw refused(inode, inode.block(), "it is " + root.u16(6) + " levels deep");
        }
        return new Walk(inode, from, budget, visitor).node(root, inode.block(), root.u16(6), 0, LOGICAL_END);
    }

    private static FileSystemRefusedException refused(Inode inode, long block, String why) {
        return new FileSystemRefusedException("extent tree of inode " + inode.number(), block, why);
    }

    /** One visit. */
    private final class Walk {

        private final Inode inode;
        private final long from;
        private final Budget budget;
        private final MapVisitor visitor;

        Walk(Inode inode, long from, Budget budget, MapVisitor visitor) {
            this.inode = inode;
            this.from = from;
            this.budget = budget;
            this.visitor = visitor;
        }

        /** A node for the part {@code [low, high)} of the file. */
        boolean node(Fields node, long block, int depth, long low, long high) throws IOException {
            int entries = entries(node, block, depth);
            return depth == 0 ? leaf(node, block, entries, low, high) : index(node, block, entries, depth, low, high);
        }

        private int entries(Fields node, long block, int depth) throws IOException {
            if (node.u16(0) != MAGIC) {
                throw refused(inode, block, "its header is damaged");
            }
            int entries = node.u16(2);
            int most = node.u16(4);
            if (entries > most || most > node.size() / ENTRY - 1 || node.u16(6) != depth) {
                throw refused(
                        inode,
                        block,
                        "its header is impossible: " + entries + " of " + most + " entries at level " + node.u16(6));
            }
            if (entries == 0 && depth > 0) {
                throw refused(inode, block, "there is nothing below it");
            }
            return entries;
        }

        private boolean index(Fields node, long block, int entries, int depth, long low, long high) throws IOException {
            for (int i = 1; i <= entries; i++) {
                long first = node.u32(ENTRY * i);
                long next = i < entries ? node.u32(ENTRY * (i + 1)) : high;
                if (first < low || first >= next || next > high) {
                    throw refused(inode, block, "its entries are not in order");
                }
                if (next > from && !child(node, ENTRY * i, depth - 1, first, next)) {
                    return false;
                }
            }
            return true;
        }

        private boolean child(Fields parent, int entry, int depth, long low, long high) throws IOException {
            long block = parent.u32(entry + 4) | (long) parent.u16(entry + 8) << 32;
            budget.spend(inode, block);
            Fields node = volume.blocks().read(block, "extent tree of inode " + inode.number());
            if (volume.checksums()) {
                check(node, block);
            }
            return visitor.node(block) && node(node, block, depth, low, high);
        }

        private void check(Fields node, long block) throws IOException {
            int tail = ENTRY * (node.u16(4) + 1);
            int seed = volume.seed(inode.number(), inode.generation());
            boolean fits = tail <= node.size() - Integer.BYTES;
            if (!fits || Crc32c.update(seed, node.slice(0, tail)) != node.i32(tail)) {
                throw refused(inode, block, "its checksum does not match");
            }
        }

        private boolean leaf(Fields node, long block, int entries, long low, long high) throws IOException {
            long at = low;
            for (int i = 1; i <= entries; i++) {
                long first = node.u32(ENTRY * i);
                int length = node.u16(ENTRY * i + 4);
                boolean unwritten = length > LONGEST;
                long count = unwritten ? length - LONGEST : length;
                if (count == 0 || first < at || first + count > high) {
                    throw refused(inode, block, "its extents are not in order, or empty");
                }
                long physical = node.u32(ENTRY * i + 8) | (long) node.u16(ENTRY * i + 6) << 32;
                volume.blocks().check(physical, count, "extent of inode " + inode.number());
                at = first + count;
                if (at > from && !visitor.extent(new FileExtent(first, physical, count, unwritten))) {
                    return false;
                }
            }
            return true;
        }
    }
}
