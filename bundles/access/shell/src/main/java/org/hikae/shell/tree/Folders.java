package org.hikae.shell.tree;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The folders that a walk is in, the innermost first. Not the call stack: trees may be deeper than that.
 *
 * @param <T> what is known of each
 */
final class Folders<T> implements Closeable {

    private final Deque<Level<T>> levels = new ArrayDeque<>();

    private record Level<T>(T folder, DirectoryStream<Path> stream, Iterator<Path> files) {}

    /** Goes into a folder. */
    void enter(Path path, T folder) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        levels.push(new Level<>(folder, stream, stream.iterator()));
    }

    boolean isEmpty() {
        return levels.isEmpty();
    }

    T innermost() {
        return levels.element().folder;
    }

    /** The next file of the innermost folder; null if there are no more. */
    Path next() throws IOException {
        try {
            Iterator<Path> files = levels.element().files;
            return files.hasNext() ? files.next() : null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Leaves the innermost folder. */
    void leave() throws IOException {
        levels.pop().stream.close();
    }

    @Override
    public void close() throws IOException {
        while (!levels.isEmpty()) {
            leave();
        }
    }
}
