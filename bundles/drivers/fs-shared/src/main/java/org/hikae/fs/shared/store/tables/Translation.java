package org.hikae.fs.shared.store.tables;

import java.io.IOException;
import org.hikae.api.fs.FileSystemRefusedException;

/** What H2 throws, as what it means. */
final class Translation {

    private Translation() {}

    /** Runs something of H2's. */
    static <T> T of(Action<T> action) throws IOException {
        try {
            return action.run();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // a length or a depth that is damage can be beyond what memory has
            throw translate(e);
        }
    }

    static IOException translate(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                io.addSuppressed(thrown);
                return io;
            }
        }
        FileSystemRefusedException refused =
                new FileSystemRefusedException("metadata", -1, "the tables cannot be read: " + thrown);
        refused.initCause(thrown);
        return refused;
    }

    /** Something of H2's. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }
}
