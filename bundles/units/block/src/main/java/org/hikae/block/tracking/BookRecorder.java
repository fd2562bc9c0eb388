package org.hikae.block.tracking;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;

/** One door's way into the book. */
final class BookRecorder implements ChangeTracker.Recorder {

    private final Book book;
    private final String disk;
    private final AtomicBoolean closed = new AtomicBoolean();

    BookRecorder(Book book, String disk) {
        this.book = book;
        this.disk = disk;
        book.present().join();
    }

    @Override
    public void record(BlockRun run) throws IOException {
        checkOpen();
        book.record(run);
    }

    /** A run that counts nothing yet is enough: as long as there is one, the home says that we may have written. */
    @Override
    public void touch() throws IOException {
        checkOpen();
        if (book.present().run() == null) {
            book.renew(null, null);
        }
        book.watch().touch();
    }

    private void checkOpen() throws IOException {
        if (closed.get()) {
            throw new IOException("disk '" + disk + "' was closed meanwhile");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            book.leave();
        }
    }
}
