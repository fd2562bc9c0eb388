package org.hikae.backup;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.Progress;

/** Progress of work that does one thing after another, each of which only knows its own total. Thread-safe. */
final class Continued implements Progress {

    private final Progress progress;
    private final AtomicLong done = new AtomicLong();

    Continued(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void phase(String phase) {
        progress.phase(phase);
    }

    @Override
    public void waiting(String what) {
        progress.waiting(what);
    }

    /** The total of what begins now comes on top of what is done. */
    @Override
    public void total(long bytes) {
        progress.total(done.get() + bytes);
    }

    @Override
    public void advance(long bytes) {
        done.addAndGet(bytes);
        progress.advance(bytes);
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
}
