package org.hikae.backup;

import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.ForwardingProgress;
import org.hikae.api.job.Progress;

/** Progress of work that does one thing after another, each of which only knows its own total. Thread-safe. */
final class Continued extends ForwardingProgress {

    private final AtomicLong done = new AtomicLong();

    Continued(Progress progress) {
        super(progress);
    }

    /** The total of what begins now comes on top of what is done. */
    @Override
    public void total(long bytes) {
        super.total(done.get() + bytes);
    }

    @Override
    public void advance(long bytes) {
        done.addAndGet(bytes);
        super.advance(bytes);
    }
}
