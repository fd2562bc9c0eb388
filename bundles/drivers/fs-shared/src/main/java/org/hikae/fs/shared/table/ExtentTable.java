package org.hikae.fs.shared.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Entry;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/** Which blocks hold the content of which file. Extents that follow each other in the file and on the disk are one. */
public final class ExtentTable {

    private static final String STRUCTURE = "table of extents";

    private final BlockRun data;

    /** An extent, and the inode of the file that has it. */
    public record Owned(long inode, FileExtent extent) {}

    /** @param data the blocks that files can have */
    public ExtentTable(BlockRun data) {
        this.data = data;
    }

    /** The extent of a file that contains a block, or the last one before it; null if there is none. */
    public FileExtent floor(View view, long inode, long logical) throws IOException {
        return ofFile(inode, view.floor(Table.EXTENTS, Keys.of(inode, logical)));
    }

    /** The first extent of a file that begins at a block or after it; null if there is none. */
    public FileExtent ceiling(View view, long inode, long logical) throws IOException {
        return ofFile(inode, view.ceiling(Table.EXTENTS, Keys.of(inode, logical)));
    }

    /** The last extent of a file; null if it has none. */
    public FileExtent last(View view, long inode) throws IOException {
        return floor(view, inode, Long.MAX_VALUE);
    }

    private FileExtent ofFile(long inode, Entry entry) throws IOException {
        return entry == null || Keys.first(entry.key(), STRUCTURE) != inode
                ? null
                : decode(entry.key(), entry.value()).extent();
    }

    /** The extents of a file from a block on, of which the first may begin before it; at most so many. */
    public List<FileExtent> list(View view, long inode, long from, int most) throws IOException {
        FileExtent first = floor(view, inode, from);
        long start = first == null || first.end() <= from ? from : first.logical();
        List<FileExtent> extents = new ArrayList<>();
        ExtentOrder order = new ExtentOrder();
        scan(view, inode, start, owned -> {
            if (owned.inode() != inode) {
                return false;
            }
            order.check(owned);
            extents.add(owned.extent());
            return extents.size() < most;
        });
        return extents;
    }

    /** @throws IllegalArgumentException if the file has one of these blocks already */
    public void add(Changes changes, long inode, FileExtent extent) throws IOException {
        FileExtent before = floor(changes, inode, extent.logical());
        FileExtent after = ceiling(changes, inode, extent.logical());
        if (before != null && before.end() > extent.logical() || after != null && after.logical() < extent.end()) {
            throw new IllegalArgumentException("inode " + inode + " has some of these blocks already: " + extent);
        }
        FileExtent whole = extent;
        if (before != null && continues(before, extent)) {
            whole = joined(before, extent);
        }
        if (after != null && continues(whole, after)) {
            changes.remove(Table.EXTENTS, Keys.of(inode, after.logical()));
            whole = joined(whole, after);
        }
        put(changes, inode, whole);
    }

    private static boolean continues(FileExtent first, FileExtent second) {
        return first.end() == second.logical() && first.physical() + first.count() == second.physical();
    }

    private static FileExtent joined(FileExtent first, FileExtent second) {
        return new FileExtent(first.logical(), first.physical(), first.count() + second.count(), false);
    }

    /**
     * Takes the blocks from one on off a file, the last ones first.
     *
     * @param most number of extents that are looked at
     * @return what was taken off; the file may have more of them
     */
    public List<BlockRun> cut(Changes changes, long inode, long end, int most) throws IOException {
        List<BlockRun> taken = new ArrayList<>();
        for (FileExtent last = last(changes, inode);
                last != null && last.end() > end && taken.size() < most;
                last = last(changes, inode)) {
            long kept = Math.max(0, end - last.logical());
            taken.add(new BlockRun(last.physical() + kept, last.count() - kept));
            if (kept == 0) {
                changes.remove(Table.EXTENTS, Keys.of(inode, last.logical()));
            } else {
                put(changes, inode, new FileExtent(last.logical(), last.physical(), kept, false));
            }
        }
        return taken;
    }

    private static void put(Changes changes, long inode, FileExtent extent) throws IOException {
        changes.put(Table.EXTENTS, Keys.of(inode, extent.logical()), Numbers.encode(extent.physical(), extent.count()));
    }

    /** Shows the extents of all files from a place on, in the order of files and blocks, until the visitor has enough. */
    public void scan(View view, long inode, long logical, RecordVisitor<Owned> visitor) throws IOException {
        Records.scan(view, Table.EXTENTS, Keys.of(inode, logical), this::decode, visitor);
    }

    private Owned decode(byte[] key, byte[] value) throws FileSystemRefusedException {
        Keys.requireLength(key, 2, STRUCTURE);
        long inode = Keys.first(key, STRUCTURE);
        long logical = Keys.second(key, STRUCTURE);
        String structure = "extent of inode " + inode + " at its block " + logical;
        long[] numbers = Numbers.decode(value, 2, structure);
        long physical = numbers[0];
        long count = numbers[1];
        boolean inside =
                physical >= data.first() && physical < data.end() && count > 0 && count <= data.end() - physical;
        if (!inside || logical > Long.MAX_VALUE - count) {
            throw new FileSystemRefusedException(
                    structure, physical, count + " blocks from " + physical + " do not lie where files have theirs");
        }
        return new Owned(inode, new FileExtent(logical, physical, count, false));
    }
}
