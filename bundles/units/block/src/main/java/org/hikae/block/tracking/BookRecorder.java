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
    /** Set before anybody else has it. */
    private volatile boolean rewrites;

    BookRecorder(Book book, String disk) {
        this.book = book;
        this.disk = disk;
        book.present().join();
    }

    /** One that writes what is there already; whoever else has written to the disk before is noticed first (R14). */
    static BookRecorder rewrite(Book book, String disk) throws IOException {
        BookRecorder recorder = new BookRecorder(book, disk);
        try {
            book.rewrite();
            book.watch().beginRewriting();
            recorder.rewrites = true;
            return recorder;
        } finally {
            if (!recorder.rewrites) {
                recorder.close();
            }
        }
    }

    @Override
    public void record(BlockRun run) throws IOException {
        if (closed.get()) {
            throw new IOException("disk '" + disk + "' was closed meanwhile");
        }
        book.record(run);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (rewrites) {
                book.watch().endRewriting();
            }
            book.leave();
        }
    }
}
