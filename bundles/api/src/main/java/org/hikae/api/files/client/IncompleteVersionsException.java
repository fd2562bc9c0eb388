package org.hikae.api.files.client;

import java.io.IOException;
import java.util.List;
import org.hikae.api.files.StoredVersion;

/** Not all versions could be found out: a center that may have more cannot be asked, or what the buffer has of them is damaged. The message says which. */
public final class IncompleteVersionsException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient List<StoredVersion> found;

    /** @param found those that are known all the same */
    public IncompleteVersionsException(String message, List<StoredVersion> found) {
        super(message);
        this.found = List.copyOf(found);
    }

    /** Those that are known all the same, in the order that was asked for. */
    public List<StoredVersion> found() {
        return found;
    }
}
