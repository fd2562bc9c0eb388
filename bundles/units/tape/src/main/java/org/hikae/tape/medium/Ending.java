package org.hikae.tape.medium;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.hikae.api.job.Progress;

/** The progress of what lasts until tape control ends. Thread-safe. */
final class Ending implements Progress {

    /** Null once it has ended; guarded by this. */
    private List<Runnable> actions = new ArrayList<>();

    void end() {
        List<Runnable> all;
        synchronized (this) {
            all = actions == null ? List.of() : actions;
            actions = null;
        }
        all.forEach(Runnable::run);
    }

    @Override
    public synchronized void check() {
        if (actions == null) {
            throw new CancellationException("tape control ends");
        }
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (actions != null) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public void phase(String phase) {
        // nobody waits for the whole of it
    }

    @Override
    public void total(long bytes) {
        // as long as there are writers
    }

    @Override
    public void advance(long bytes) {
        // those who write report it
    }

    @Override
    public void pass(Check check) {
        check();
    }
}
