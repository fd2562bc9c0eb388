package org.hikae.backup;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.job.ForwardingProgress;
import org.hikae.api.job.Progress;

/** Progress of work of which several parts are done at the same time, each of which only knows its own total. Thread-safe. */
final class SharedProgress {

    private final Progress progress;
    /** Guarded by this, as what is in them. */
    private final List<Part> parts = new ArrayList<>();

    SharedProgress(Progress progress) {
        this.progress = progress;
    }

    /** For one more part. What it does one after the other adds up. */
    synchronized Progress part() {
        Part part = new Part();
        parts.add(part);
        return part;
    }

    private synchronized void total(Part part, long bytes) {
        part.total = part.done + bytes;
        progress.total(parts.stream().mapToLong(each -> each.total).sum());
    }

    private void advance(Part part, long bytes) {
        synchronized (this) {
            part.done += bytes;
        }
        progress.advance(bytes);
    }

    private final class Part extends ForwardingProgress {

        private long done;
        private long total;

        Part() {
            super(progress);
        }

        @Override
        public void total(long bytes) {
            SharedProgress.this.total(this, bytes);
        }

        @Override
        public void advance(long bytes) {
            SharedProgress.this.advance(this, bytes);
        }
    }
}
