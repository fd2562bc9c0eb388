package org.hikae.media.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets some steps pass, and fails then. Thread-safe. */
public final class FailingStep implements MemoryDriver.Fault {

    private final AtomicInteger left;
    private final boolean andAllAfter;
    private final String message;

    private FailingStep(int passes, boolean andAllAfter, String message) {
        this.left = new AtomicInteger(passes);
        this.andAllAfter = andAllAfter;
        this.message = message;
    }

    /** After so many steps one fails, and all others work. */
    public static FailingStep alone(int passes) {
        return new FailingStep(passes, false, "Input/output error");
    }

    /** After so many steps all fail. */
    public static FailingStep fromThenOn(int passes, String message) {
        return new FailingStep(passes, true, message);
    }

    /** After so many steps there is nobody any more to do others. */
    public static FailingStep deadAfter(int passes) {
        return fromThenOn(passes, "the process is dead");
    }

    /** Whether a step has failed. */
    public boolean hasFailed() {
        return left.get() < 0;
    }

    @Override
    public void step(String what) throws IOException {
        int before = left.getAndDecrement();
        if (andAllAfter ? before <= 0 : before == 0) {
            throw new IOException(message);
        }
    }
}
