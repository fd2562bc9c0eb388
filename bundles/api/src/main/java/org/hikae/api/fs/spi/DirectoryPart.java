package org.hikae.api.fs.spi;

import java.util.List;
import org.hikae.api.fs.DirectoryEntry;

/**
 * Some entries of a directory.
 *
 * @param entries as many as are at hand, such as those of one block; may be empty though others follow
 * @param next where to go on; -1 if there are no more
 */
public record DirectoryPart(List<DirectoryEntry> entries, long next) {

    public DirectoryPart {
        entries = List.copyOf(entries);
    }
}
