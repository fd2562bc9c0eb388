package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.shared.SharedFileSystem.Listing;

/** The names in a directory, asked for part by part, so that memory does not grow with it. Thread-safe. */
final class NodeDirectoryStream implements DirectoryStream<Path> {

    private final NodePath path;
    private final long directory;
    private final Filter<? super Path> filter;
    /** Written under the monitor. */
    private boolean begun;

    private volatile boolean closed;

    /** @param path of the directory, which the paths of its entries begin with */
    NodeDirectoryStream(NodePath path, long directory, Filter<? super Path> filter) {
        this.path = path;
        this.directory = directory;
        this.filter = filter;
    }

    @Override
    public synchronized Iterator<Path> iterator() {
        if (closed || begun) {
            throw new IllegalStateException(closed ? "the directory is closed" : "a directory is listed only once");
        }
        begun = true;
        return new Entries();
    }

    @Override
    public void close() {
        closed = true;
        path.getFileSystem().opened().remove(this);
    }

    /** After the stream was closed it gives at most the entry that it has found already. */
    private final class Entries implements Iterator<Path> {

        private Iterator<DirectoryEntry> part = List.<DirectoryEntry>of().iterator();
        private long next;
        private Path found;

        @Override
        public synchronized boolean hasNext() {
            try {
                while (found == null && !closed && more()) {
                    Path entry =
                            path.resolve(path.getFileSystem().path(part.next().name()));
                    found = filter.accept(entry) ? entry : null;
                }
                return found != null;
            } catch (IOException e) {
                throw new DirectoryIteratorException(Failures.at(path, null, e));
            }
        }

        private boolean more() throws IOException {
            while (!part.hasNext() && next >= 0) {
                Listing listing = path.getFileSystem().files().list(directory, next);
                part = listing.entries().iterator();
                next = listing.next();
            }
            return part.hasNext();
        }

        @Override
        public synchronized Path next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Path entry = found;
            found = null;
            return entry;
        }
    }
}
