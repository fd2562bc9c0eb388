package org.hikae.api.fs;

import java.io.IOException;

/**
 * A file system cannot be read: it uses a feature that its format's driver does not know, or a structure of it is
 * damaged. The message names the feature or the structure, the block where it lies, and what is wrong with it.
 */
public class FileSystemRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final String structure;
    private final long block;

    /**
     * @param structure what is wrong, such as {@code block bitmap of group 3}
     * @param block where it lies, in blocks of the file system; -1 if it has no place of its own
     * @param why what is wrong with it
     */
    public FileSystemRefusedException(String structure, long block, String why) {
        super(structure + (block < 0 ? "" : " (block " + block + ")") + ": " + why);
        this.structure = structure;
        this.block = block;
    }

    public String structure() {
        return structure;
    }

    /** -1 if the structure has no place of its own. */
    public long block() {
        return block;
    }
}
