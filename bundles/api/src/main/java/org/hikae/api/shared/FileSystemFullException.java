package org.hikae.api.shared;

import java.nio.file.FileSystemException;

/** There is no room for more. Nothing was changed, and removing files is still possible. */
public class FileSystemFullException extends FileSystemException {

    private static final long serialVersionUID = 1;

    /** @param why what is full, and what to do */
    public FileSystemFullException(String why) {
        this(null, why);
    }

    /**
     * @param file the path of what there was no room for; null if it is not known
     * @param why what is full, and what to do
     */
    public FileSystemFullException(String file, String why) {
        super(file, null, why);
    }
}
