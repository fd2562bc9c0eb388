package org.hikae.tapevirtual;

import java.io.InterruptedIOException;

/** Asked by what may take long, every now and then. */
@FunctionalInterface
interface Cancellation {

    /** @throws InterruptedIOException if one has enough of it */
    void check() throws InterruptedIOException;
}
