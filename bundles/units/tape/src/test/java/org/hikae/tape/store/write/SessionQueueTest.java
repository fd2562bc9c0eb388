package org.hikae.tape.store.write;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.hikae.api.job.Progress;
import org.hikae.io.BufferPool;
import org.junit.jupiter.api.Test;

class SessionQueueTest {

    /** Cancelled in either of its two threads first. */
    @Test
    void whatWasCancelledHasNotFailed() {
        SessionQueue queue = new SessionQueue(new BufferPool(1024, 4), 4, new Cancelled());
        queue.fail(new IOException("the session failed: cancelled"));
        assertThatThrownBy(queue::take).isInstanceOf(CancellationException.class);
    }

    private static final class Cancelled implements Progress {

        @Override
        public void phase(String phase) {}

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {
            throw new CancellationException("cancelled");
        }

        @Override
        public void pass(Check check) {
            check();
        }

        @Override
        public void onCancel(Runnable action) {
            action.run();
        }
    }
}
