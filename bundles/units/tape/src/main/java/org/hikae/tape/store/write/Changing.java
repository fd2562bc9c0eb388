package org.hikae.tape.store.write;

import java.io.IOException;
import org.hikae.api.job.Progress;

/**
 * Progress of changing cartridges in the midst of other work: what is done meanwhile is shown as what that waits for, and no longer than
 * it lasts. Thread-safe.
 */
final class Changing implements Progress, AutoCloseable {

    private final Progress progress;

    Changing(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void phase(String phase) {
        progress.waiting(phase);
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
    public void check() {
        progress.check();
    }

    @Override
    public void pass(Check check) throws IOException {
        progress.pass(check);
    }

    @Override
    public void onCancel(Runnable action) {
        progress.onCancel(action);
    }

    @Override
    public void close() {
        progress.waiting(null);
    }
}
