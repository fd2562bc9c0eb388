package org.hikae.fs.shared.store;

import org.hikae.api.shared.FileSystemFullException;

/** A transaction was too much for what is left of the metadata region; it has changed nothing. */
public final class StoreFullException extends FileSystemFullException {

    private static final long serialVersionUID = 1;

    /** @param why what is full, and what to do */
    public StoreFullException(String why) {
        super(why);
    }
}
