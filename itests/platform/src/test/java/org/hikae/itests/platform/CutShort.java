package org.hikae.itests.platform;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.Progress;

/** Cancels what it is the progress of, once so many bytes are done. */
final class CutShort implements Progress {
    private final AtomicLong left;

    CutShort(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    @Override
    public void phase(String phase) {}

    @Override
    public void total(long bytes) {}

    @Override
    public void advance(long bytes) {
        left.addAndGet(-bytes);
    }

    @Override
    public void check() {
        if (left.get() <= 0) {
            throw new CancellationException();
        }
    }

    @Override
    public void pass(Check check) {
        check();
    }

    @Override
    public void onCancel(Runnable action) {}
}
