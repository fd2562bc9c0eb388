package org.hikae.node;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that is done once, whoever closes it how often. */
final class Once implements AutoCloseable {

    private final Runnable action;
    private final AtomicBoolean done = new AtomicBoolean();

    Once(Runnable action) {
        this.action = action;
    }

    @Override
    public void close() {
        if (done.compareAndSet(false, true)) {
            action.run();
        }
    }
}
