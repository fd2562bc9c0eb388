package org.hikae.api.job;

import java.io.IOException;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Progress that hands everything on to another one. Whoever wants something else of it overrides that; on top of
 * {@link Progress#NONE} nothing else is left. As thread-safe as the other one.
 */
@ConsumerType
public abstract class ForwardingProgress implements Progress {

    private final Progress progress;

    /** @param progress what all is handed on to */
    protected ForwardingProgress(Progress progress) {
        this.progress = Objects.requireNonNull(progress, "progress");
    }

    @Override
    public void phase(String phase) {
        progress.phase(phase);
    }

    @Override
    public void waiting(String what) {
        progress.waiting(what);
    }

    @Override
    public void total(long bytes) {
        progress.total(bytes);
    }

    @Override
    public void advance(long bytes) {
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
