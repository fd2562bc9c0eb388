package org.hikae.tape.store.write;

import org.hikae.api.job.ForwardingProgress;
import org.hikae.api.job.Progress;

/**
 * Progress of changing cartridges in the midst of other work: what is done meanwhile is shown as what that waits for, and no longer than
 * it lasts. Thread-safe.
 */
final class Changing extends ForwardingProgress implements AutoCloseable {

    Changing(Progress progress) {
        super(progress);
    }

    @Override
    public void phase(String phase) {
        waiting(phase);
    }

    @Override
    public void total(long bytes) {
        // no part of the work
    }

    @Override
    public void advance(long bytes) {
        // no part of the work
    }

    @Override
    public void close() {
        waiting(null);
    }
}
