package org.hikae.shell.tree;

/** What a copy keeps of its original. */
public enum Kept {
    /** Content, permissions, and symlinks within trees. */
    CONTENT,
    /** All: owners, times, extended attributes, and which names are of one file too. */
    ALL
}
