package org.hikae.tape.mount;

import java.io.IOException;
import java.util.concurrent.Future;

/** A driver has not answered in time, and goes on with what it was asked. */
final class HungException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Future<?> call;

    HungException(String message, Future<?> call) {
        super(message);
        this.call = call;
    }

    /** Whether it has not answered yet. */
    boolean lasts() {
        return !call.isDone();
    }
}
