package org.hikae.media.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.Progress;

/** Does something when a phase begins, and counts. */
record AtPhase(String when, Step step, AtomicLong done) implements Progress {

    interface Step {
        void run() throws IOException;
    }

    AtPhase(String when, Step step) {
        this(when, step, new AtomicLong());
    }

    @Override
    public void phase(String phase) {
        if (phase.equals(when)) {
            try {
                step.run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void total(long bytes) {}

    @Override
    public void advance(long bytes) {
        done.addAndGet(bytes);
    }

    @Override
    public void check() {}

    @Override
    public void pass(Check check) {}

    @Override
    public void onCancel(Runnable action) {}
}
