package org.hikae.fs.shared.check;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;

/** Checks that every directory is below the root: goes up from each until it meets one of which this is known. */
final class ParentCheck {

    private final View view;
    private final Inodes inodes;
    private final Findings findings;
    /** Directories from which all is known that is above them. */
    private final BlockSet.Builder known = new BlockSet.Builder();

    ParentCheck(View view, Inodes inodes, Findings findings) {
        this.view = view;
        this.inodes = inodes;
        this.findings = findings;
    }

    void run() throws IOException {
        Inode root = inodes.find(InodeTable.ROOT);
        if (root != null && root.parent() != InodeTable.ROOT) {
            findings.add("the root directory says that it is in inode " + root.parent() + ", and not in itself");
        }
        known.add(new BlockRun(InodeTable.ROOT, 1));
        InodeTable.scan(view, 0, findings.each(inode -> {
            if (inode.isDirectory()) {
                goUp(inode);
            }
        }));
    }

    private void goUp(Inode from) throws IOException {
        Set<Long> way = new LinkedHashSet<>();
        Inode at = from;
        while (!known.contains(at.number()) && at.links() > 0) {
            way.add(at.number());
            long above = at.parent();
            if (way.contains(above)) {
                findings.add("the directory of inode " + from.number()
                        + " is not below the root: going up from it leads" + " in a circle to inode " + above);
                break;
            } else if (!inodes.isDirectory(above)) {
                findings.add("the directory of inode " + at.number() + " says that it is in inode " + above
                        + ", which is not there or is no directory");
                break;
            }
            at = InodeTable.get(view, above);
        }
        // Those below a broken place are not told one by one.
        way.forEach(each -> known.add(new BlockRun(each, 1)));
    }
}
