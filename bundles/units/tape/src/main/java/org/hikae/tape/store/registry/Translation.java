package org.hikae.tape.store.registry;

import java.io.IOException;

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

    private static IOException translate(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return new IOException("the registry cannot be read or written: " + io.getMessage(), thrown);
            }
        }
        return new DamagedRegistryException("it cannot be read: " + thrown.getMessage(), thrown);
    }

    /** Something of H2's. */
    @FunctionalInterface
    interface Action<T> {
        T run();
    }
}
