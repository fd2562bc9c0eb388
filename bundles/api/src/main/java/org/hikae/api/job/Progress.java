package org.hikae.api.job;

import org.osgi.annotation.versioning.ConsumerType;

/** What work reports to, and asks whether to go on. Thread-safe. */
@ConsumerType
public interface Progress {

    /** Reports nowhere, and is never cancelled. */
    Progress NONE = new Progress() {
        @Override
        public void phase(String phase) {}

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {}

        @Override
        public void pass() {}

        @Override
        public void onCancel(Runnable action) {}
    };

    /** Says what is being done now, in a few words. */
    void phase(String phase);

    /** Says how many bytes there are to do in all. */
    void total(long bytes);

    /** Says that {@code bytes} more are done. */
    void advance(long bytes);

    /** @throws java.util.concurrent.CancellationException if the work was cancelled */
    void check();

    /**
     * A place where the work can stand still: nothing is held here that others wait for. Waits while the job is paused.
     *
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    void pass();

    /** Runs the action when the work is cancelled; at once if it was already. Quick, and at most once. */
    void onCancel(Runnable action);
}
