package org.hikae.fsext.map;

import java.io.IOException;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.volume.Fields;
import org.hikae.fsext.volume.Volume;

/** The older way: numbers of 12 blocks, and of blocks of numbers, and of blocks of blocks of numbers, and once more. */
final class IndirectMap {

    private static final int DIRECT = 12;
    private static final int LEVELS = 3;

    private final Volume volume;
    private final long perBlock;

    IndirectMap(Volume volume) {
        this.volume = volume;
        this.perBlock = volume.blocks().size() / Integer.BYTES;
    }

    boolean visit(Inode inode, long from, Budget budget, MapVisitor visitor) throws IOException {
        Walk walk = new Walk(inode, from, budget, visitor);
        Fields map = inode.map();
        long logical = 0;
        for (int i = 0; i < DIRECT + LEVELS; i++) {
            int level = Math.max(0, i - DIRECT + 1);
            if (!walk.pointer(map.u32(Integer.BYTES * i), inode.block(), level, logical)) {
                return false;
            }
            logical += walk.span(level);
        }
        return walk.flush();
    }

    /** One visit. */
    private final class Walk {

        private final Inode inode;
        private final long from;
        private final Budget budget;
        private final MapVisitor visitor;
        /** What was met last, which may go on; null if nothing. */
        private FileExtent pending;

        Walk(Inode inode, long from, Budget budget, MapVisitor visitor) {
            this.inode = inode;
            this.from = from;
            this.budget = budget;
            this.visitor = visitor;
        }

        /** Number of the file's blocks below a pointer. */
        long span(int level) {
            long span = 1;
            for (int i = 0; i < level; i++) {
                span *= perBlock;
            }
            return span;
        }

        /** @param at the block that the pointer lies in */
        boolean pointer(long block, long at, int level, long logical) throws IOException {
            if (block == 0 || logical + span(level) <= from) {
                return true;
            }
            if (block < volume.superblock().firstBlock()
                    || block >= volume.blocks().count()) {
                throw new FileSystemRefusedException(
                        "map of inode " + inode.number(),
                        at,
                        "it points to block " + block + ", outside of the file system's "
                                + volume.blocks().count());
            }
            return level == 0 ? data(block, logical) : node(block, level, logical);
        }

        private boolean node(long block, int level, long logical) throws IOException {
            budget.spend(inode, block);
            Fields node = volume.blocks().read(block, "map of inode " + inode.number());
            if (!visitor.node(block)) {
                return false;
            }
            long span = span(level - 1);
            for (int i = 0; i < perBlock; i++) {
                if (!pointer(node.u32(Integer.BYTES * i), block, level - 1, logical + i * span)) {
                    return false;
                }
            }
            return true;
        }

        private boolean data(long block, long logical) throws IOException {
            if (pending != null && pending.end() == logical && pending.physical() + pending.count() == block) {
                pending = new FileExtent(pending.logical(), pending.physical(), pending.count() + 1, false);
                return true;
            }
            boolean goOn = flush();
            pending = new FileExtent(logical, block, 1, false);
            return goOn;
        }

        boolean flush() throws IOException {
            FileExtent done = pending;
            pending = null;
            return done == null || visitor.extent(done);
        }
    }
}
