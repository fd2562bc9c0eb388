package org.hikae.io;

import java.io.IOException;

/** Does several things, whichever of them fail, such as closing what is open, and tells of the failures afterwards. For one thread. */
public final class FirstFailure {

    private IOException first;

    /** Something that may fail. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws IOException;
    }

    public void collect(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    /** @throws IOException the first failure, with the others */
    public void end() throws IOException {
        if (first != null) {
            throw first;
        }
    }
}
