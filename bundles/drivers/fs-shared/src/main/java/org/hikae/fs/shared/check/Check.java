package org.hikae.fs.shared.check;

import java.io.IOException;
import java.util.List;
import org.hikae.api.shared.CheckReport;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.AttributeTable;
import org.hikae.fs.shared.table.Counts;

/**
 * Looks at all tables of one moment: whether each name leads to a file, each file has its names, each block is a file's or
 * free and not both, and the counts are right. Takes time in proportion to the tables, and memory for sets of numbers only.
 */
public final class Check {

    private final Superblock superblock;
    private final View view;
    private final Findings findings = new Findings();

    public Check(Superblock superblock, View view) {
        this.superblock = superblock;
        this.view = view;
    }

    /** @param damages what was found elsewhere already */
    public CheckReport run(List<String> damages) throws IOException {
        damages.forEach(findings::add);
        Inodes inodes = new Inodes(view, findings);
        BlockCheck blocks = new BlockCheck(superblock, view, inodes, findings);
        // Without all inodes everything would seem to be lost.
        if (findings.asFarAsPossible(inodes::orphans) && findings.asFarAsPossible(inodes::gather)) {
            findings.asFarAsPossible(new NameCheck(view, inodes, findings)::run);
            findings.asFarAsPossible(new ParentCheck(view, inodes, findings)::run);
            if (findings.asFarAsPossible(blocks::extents)) {
                findings.asFarAsPossible(blocks::free);
            }
            findings.asFarAsPossible(() -> attributes(inodes));
            findings.asFarAsPossible(() -> counts(inodes));
        }
        return new CheckReport(inodes.count(), inodes.directories(), blocks.used(), findings.first(), findings.more());
    }

    private void attributes(Inodes inodes) throws IOException {
        AttributeTable.scan(view, 0, findings.each(each -> {
            if (!inodes.exists(each.inode()) && !inodes.isOrphan(each.inode())) {
                findings.add("attribute '" + each.attribute().name() + "' belongs to inode " + each.inode()
                        + ", which is not there");
            }
        }));
    }

    private void counts(Inodes inodes) throws IOException {
        Counts counts = Counts.of(view);
        if (counts.files() != inodes.count() || counts.directories() != inodes.directories()) {
            findings.add("the counts tell of " + counts.files() + " files and " + counts.directories()
                    + " directories among them, but there are " + inodes.count() + " and " + inodes.directories());
        }
        if (counts.next() <= inodes.last()) {
            findings.add("the next inode would get number " + counts.next() + ", but inode " + inodes.last()
                    + " is there already");
        }
    }
}
