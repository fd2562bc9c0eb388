package org.hikae.media.write;

import java.io.IOException;

/**
 * How far a writer of a generation has come. One that failed in the middle of something does not complete: what it has listed
 * by then may not be what is there. For one thread; any may close it.
 */
final class WriterState {

    private final String what;
    private final Liveness liveness;
    private boolean torn;
    private boolean complete;
    private volatile boolean closed;

    /**
     * @param what such as "log"
     * @param liveness throws if the generation is over
     */
    WriterState(String what, Liveness liveness) {
        this.what = what;
        this.liveness = liveness;
    }

    /** @throws IOException if nothing is to be written any more, for that is over */
    void check() throws IOException {
        liveness.check();
        if (complete || closed) {
            throw new IOException("this " + what + " has ended");
        }
    }

    /**
     * Writes what belongs together.
     *
     * @throws IOException if it fails, or something did before
     */
    void write(Step step) throws IOException {
        check();
        if (torn) {
            throw new IOException("this " + what + " is not whole: something could not be written before");
        }
        torn = true;
        step.run();
        torn = false;
    }

    /** Writes what is left. */
    void complete(Step last) throws IOException {
        write(last);
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
