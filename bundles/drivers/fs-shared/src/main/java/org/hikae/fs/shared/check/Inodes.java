package org.hikae.fs.shared.check;

import java.io.IOException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.OrphanTable;

/** Which inodes there are, as sets of numbers. */
final class Inodes {

    private final View view;
    private final Findings findings;
    private final BlockSet.Builder all = new BlockSet.Builder();
    private final BlockSet.Builder directories = new BlockSet.Builder();
    private final BlockSet.Builder orphans = new BlockSet.Builder();
    private long count;
    private long directoryCount;
    private long last;

    Inodes(View view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    void orphans() throws IOException {
        OrphanTable.scan(view, findings.each(inode -> orphans.add(new BlockRun(inode, 1))));
    }

    void gather() throws IOException {
        InodeTable.scan(view, 0, findings.each(this::gather));
        if (!directories.contains(InodeTable.ROOT)) {
            findings.add("there is no root directory: inode " + InodeTable.ROOT + " is not there, or is no directory");
        }
    }

    private void gather(Inode inode) {
        all.add(new BlockRun(inode.number(), 1));
        count++;
        last = inode.number();
        if (inode.isDirectory()) {
            directories.add(new BlockRun(inode.number(), 1));
            directoryCount++;
        }
        if (inode.links() == 0 && !isOrphan(inode.number())) {
            findings.add("inode " + inode.number() + " has no links, and is not among those to be removed: it is lost");
        }
        if (inode.type() == FileType.SYMLINK && inode.size() != inode.target().length()) {
            findings.add("inode " + inode.number() + " is a symbolic link with a target of "
                    + inode.target().length() + " bytes, but its size is " + inode.size());
        }
    }

    /** The inode; null if it is not there, or damaged, which was told when all were gathered. */
    Inode find(long number) throws IOException {
        try {
            return InodeTable.find(view, number);
        } catch (FileSystemRefusedException e) {
            return null;
        }
    }

    boolean exists(long inode) {
        return all.contains(inode);
    }

    boolean isDirectory(long inode) {
        return directories.contains(inode);
    }

    /** Whether something is still to be done with it; its record may be gone. */
    boolean isOrphan(long inode) {
        return orphans.contains(inode);
    }

    long count() {
        return count;
    }

    long directories() {
        return directoryCount;
    }

    /** The greatest number; 0 if there are none. */
    long last() {
        return last;
    }
}
