package org.hikae.tapevirtual;

import java.io.IOException;

/** How simulated time passes. Thread-safe. */
@FunctionalInterface
interface Passing {

    /** It passes at once. */
    Passing AT_ONCE = (nanos, cancellation) -> {};

    /**
     * Comes back when so many nanoseconds have passed for the drive.
     *
     * @throws java.io.InterruptedIOException if it was cancelled, or the thread interrupted
     */
    void pass(long nanos, Cancellation cancellation) throws IOException;
}
