package org.hikae.api.shared;

import java.nio.file.FileSystemException;

/** There is no room for more. Nothing was changed, and removing files is still possible. */
public class FileSystemFullException extends FileSystemException {

    private static final long serialVersionUID = 1;

    /** @param why what is full, and what to do */
    public FileSystemFullException(String why) {
        super(null, null, why);
    }
}
