package org.hikae.fs.shared.table;

import java.io.IOException;
import org.hikae.api.fs.FileSystemRefusedException;

/** Is shown the records of a table, in the order of their keys. */
@FunctionalInterface
public interface RecordVisitor<T> {

    /** @return whether to go on */
    boolean visit(T found) throws IOException;

    /** A record is damaged. Whoever only looks what is wrong goes on; others let it be thrown. */
    default void damaged(FileSystemRefusedException why) throws IOException {
        throw why;
    }
}
