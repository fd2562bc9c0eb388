package org.hikae.fsext.map;

import java.io.IOException;
import org.hikae.api.fs.FileExtent;

/** Is shown which blocks a file has, in ascending order of the file. */
public interface MapVisitor {

    /** @return whether to go on */
    boolean extent(FileExtent extent) throws IOException;

    /**
     * A block that holds a part of the map itself.
     *
     * @return whether to go on
     */
    default boolean node(long block) throws IOException {
        return true;
    }
}
