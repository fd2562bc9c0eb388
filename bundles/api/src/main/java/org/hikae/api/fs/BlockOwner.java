package org.hikae.api.fs;

/** What a block of a file system is there for. */
public sealed interface BlockOwner {

    /** The block is free. */
    record Nobody() implements BlockOwner {}

    /**
     * It counts as used, but nothing refers to it: it belongs to a deleted file that is still open, is the rest of a larger
     * piece that is given away at once, or was lost.
     */
    record Unknown() implements BlockOwner {}

    /**
     * It belongs to the file system itself.
     *
     * @param name of the structure, such as {@code inode table of group 3}
     */
    record Structure(String name) implements BlockOwner {}

    /**
     * It holds content of a file, or entries of a directory.
     *
     * @param inode number of the file
     * @param logical number of the block within the file
     */
    record Content(long inode, long logical) implements BlockOwner {}
}
