package org.hikae.media.testing;

import java.util.Optional;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;

/** A file system as far as meta information is written of it: whoever does so is shown files, and looks for none. */
public interface MetaSource extends FileSystem {

    @Override
    default BlockSet used() {
        throw new UnsupportedOperationException();
    }

    @Override
    default BlockSet metadata() {
        throw new UnsupportedOperationException();
    }

    @Override
    default BlockOwner owner(long block) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Optional<FileEntry> find(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void walk(FileEntry from, Visitor visitor) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void close() {}
}
