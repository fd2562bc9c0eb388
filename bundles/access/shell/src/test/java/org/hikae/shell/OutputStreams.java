package org.hikae.shell;

import java.io.OutputStream;

/** Streams for tests. */
final class OutputStreams {

    private OutputStreams() {}

    /** Calls the action for each byte written. */
    static OutputStream onWrite(Runnable action) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                action.run();
            }
        };
    }
}
