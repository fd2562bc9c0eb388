package org.hikae.fs.shared.check;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.NameTable;

/** Checks names against inodes: each leads to a file, each file has as many as its links, each directory what it says. */
final class NameCheck {

    private final View view;
    private final Inodes inodes;
    private final Findings findings;
    /** Inodes that have a name. */
    private final BlockSet.Builder named = new BlockSet.Builder();
    /** How many names those have that have more than one, beside the first. */
    private final Map<Long, Long> more = new HashMap<>();
    /** The directory whose names are being looked at; -1 before the first. */
    private long directory = -1;

    private long bytes;
    private long subdirectories;
    /** Directories that have names in them. */
    private final BlockSet.Builder filled = new BlockSet.Builder();

    NameCheck(View view, Inodes inodes, Findings findings) {
        this.view = view;
        this.inodes = inodes;
        this.findings = findings;
    }

    void run() throws IOException {
        NameTable.scan(view, 0, 0, findings.each(this::look));
        endDirectory();
        InodeTable.scan(view, 0, findings.each(this::compare));
    }

    private void look(NameTable.Name name) throws IOException {
        if (name.directory() != directory) {
            endDirectory();
            directory = name.directory();
        }
        bytes += name.name().length();
        if (!inodes.exists(name.inode())) {
            findings.add(told(name) + " leads to inode " + name.inode() + ", which is not there");
            return;
        }
        if (named.contains(name.inode())) {
            more.merge(name.inode(), 1L, Long::sum);
        }
        named.add(new BlockRun(name.inode(), 1));
        if (inodes.isDirectory(name.inode())) {
            subdirectories++;
            lookAtDirectory(name);
        }
    }

    private void lookAtDirectory(NameTable.Name name) throws IOException {
        if (more.containsKey(name.inode())) {
            findings.add(told(name) + " is one more name of the directory of inode " + name.inode());
        }
        Inode child = inodes.find(name.inode());
        if (child != null && child.parent() != name.directory()) {
            findings.add(told(name) + " leads to the directory of inode " + name.inode()
                    + ", which says that it is in inode " + child.parent());
        }
    }

    private static String told(NameTable.Name name) {
        return "name '" + name.name() + "' in the directory of inode " + name.directory();
    }

    /** All names of a directory have been seen. */
    private void endDirectory() throws IOException {
        if (directory >= 0) {
            filled.add(new BlockRun(directory, 1));
            if (inodes.isDirectory(directory)) {
                compare(InodeTable.get(view, directory), bytes, subdirectories);
            } else {
                findings.add("there are names in the directory of inode " + directory
                        + ", which is not there or is no directory");
            }
        }
        bytes = 0;
        subdirectories = 0;
    }

    private void compare(Inode inode, long namesInIt, long directoriesInIt) {
        long links = inode.links() == 0 ? 0 : 2 + directoriesInIt;
        if (inode.links() != links) {
            findings.add("the directory of inode " + inode.number() + " has " + directoriesInIt
                    + " directories in it and so " + links + " links, but says that it has " + inode.links());
        }
        if (inode.size() != namesInIt) {
            findings.add("the names in the directory of inode " + inode.number() + " have " + namesInIt
                    + " bytes together, but it says " + inode.size());
        }
    }

    private void compare(Inode inode) {
        long names = named.contains(inode.number()) ? 1 + more.getOrDefault(inode.number(), 0L) : 0;
        if (inode.isDirectory()) {
            if (!filled.contains(inode.number())) {
                compare(inode, 0, 0);
            }
            if (names == 0 && inode.links() > 0 && inode.number() != InodeTable.ROOT) {
                findings.add("the directory of inode " + inode.number() + " has no name: it is lost");
            }
        } else if (names != inode.links()) {
            findings.add("inode " + inode.number() + " has " + names + " names, but says that it has " + inode.links()
                    + (names == 0 ? ": it is lost" : ""));
        }
    }
}
