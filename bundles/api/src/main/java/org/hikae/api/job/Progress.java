package org.hikae.api.job;

import java.io.IOException;
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
        public void pass(Check check) {}

        @Override
        public void onCancel(Runnable action) {}
    };

    /** Says what is being done now, in a few words. */
    void phase(String phase);

    /**
     * Says what has to come before the work goes on, such as a tape that has to be brought; it is shown in place of what is being done,
     * which stays said. Whoever waits says it again now and then, for others may work for the same progress, and may have ended their
     * waits.
     *
     * @param what a sentence, or a few words; null: nothing any more
     */
    default void waiting(String what) {}

    /** Says how many bytes there are to do in all. */
    void total(long bytes);

    /** Says that {@code bytes} more are done. */
    void advance(long bytes);

    /** @throws java.util.concurrent.CancellationException if the work was cancelled */
    void check();

    /**
     * A place where the work can stand still: nothing is held here that others wait for. Waits while the job is paused.
     *
     * @param check asked now and then while it stands still; what it throws ends the wait
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     * @throws IOException from the check
     */
    void pass(Check check) throws IOException;

    /** As the other, where only the job itself can end the wait. */
    default void pass() throws IOException {
        pass(() -> {});
    }

    /** Whether work that stands still has anything to go on to. Quick, and waits for nobody. */
    @FunctionalInterface
    interface Check {

        /** @throws IOException if it has not */
        void run() throws IOException;
    }

    /** Runs the action when the work is cancelled; at once if it was already. Quick, and at most once. */
    void onCancel(Runnable action);
}
