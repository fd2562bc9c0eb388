package org.hikae.tape.recall;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.hikae.api.job.Progress;

/** What a mount reports to: it ends when nobody waits for the cartridge any more. Thread-safe. */
final class MountProgress implements Progress {

    private final Consumer<String> phases;
    /** Guarded by this, as {@link #actions}. */
    private boolean cancelled;

    private final List<Runnable> actions = new ArrayList<>(1);

    MountProgress(Consumer<String> phases) {
        this.phases = phases;
    }

    /** By a thread that holds no lock. */
    void cancel() {
        List<Runnable> now;
        synchronized (this) {
            cancelled = true;
            now = List.copyOf(actions);
            actions.clear();
        }
        now.forEach(Runnable::run);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void phase(String phase) {
        phases.accept(phase);
    }

    @Override
    public void total(long bytes) {
        // a mount has no bytes
    }

    @Override
    public void advance(long bytes) {
        // a mount has no bytes
    }

    @Override
    public void check() {
        if (isCancelled()) {
            throw new CancellationException("nobody waits for the cartridge any more");
        }
    }

    @Override
    public void pass(Check check) throws IOException {
        check();
        check.run();
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
