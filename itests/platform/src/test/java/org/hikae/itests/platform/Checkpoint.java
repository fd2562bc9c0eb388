package org.hikae.itests.platform;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place in somebody else's thread where it waits until the test lets it go on. */
final class Checkpoint {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Called by the thread that is held. After {@link #open} nobody is. */
    void pass() {
        arrived.countDown();
        await(open, "was never opened");
    }

    /** Waits until somebody is held here. */
    void awaitArrival() {
        await(arrived, "was never reached");
    }

    void open() {
        open.countDown();
    }

    boolean reached() {
        return arrived.getCount() == 0;
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(Services.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a checkpoint " + otherwise);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
