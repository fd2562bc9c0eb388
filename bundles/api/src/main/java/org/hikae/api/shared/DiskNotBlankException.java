package org.hikae.api.shared;

import java.io.IOException;

/** What is on a disk would be destroyed. */
public class DiskNotBlankException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param message what is on which disk */
    public DiskNotBlankException(String message) {
        super(message);
    }
}
