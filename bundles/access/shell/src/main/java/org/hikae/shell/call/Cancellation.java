package org.hikae.shell.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Whether the caller wants a command to stop (Ctrl-C). Thread-safe. */
public final class Cancellation {

    /** Guarded by this, as the field below. */
    private final List<Runnable> actions = new ArrayList<>();

    private boolean cancelled;

    /** Asks the command to stop; runs the actions. Only the first call does anything. */
    public void cancel() {
        List<Runnable> toRun;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = List.copyOf(actions);
        }
        toRun.forEach(Runnable::run);
    }

    /** Runs the action when the command is cancelled; at once if it was already. */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** @throws CancellationException if the command was cancelled */
    public void check() {
        if (isCancelled()) {
            throw new CancellationException("cancelled");
        }
    }
}
