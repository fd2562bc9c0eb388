package org.hikae.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ctrl-C of one command or line: what to do then. Thread-safe. */
final class Cancellation implements Consumer<Runnable> {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    /** What to do if no command has said how it is cancelled. */
    private final Runnable otherwise;

    /** Guarded by this. */
    private final List<Runnable> actions = new ArrayList<>();

    /** Guarded by this. */
    private boolean cancelled;

    Cancellation(Runnable otherwise) {
        this.otherwise = otherwise;
    }

    /** For commands: runs the action on Ctrl-C, at once if it has come already. */
    @Override
    public void accept(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        run(action);
    }

    void cancel() {
        List<Runnable> now;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            now = List.copyOf(actions);
        }
        if (now.isEmpty()) {
            run(otherwise);
        }
        now.forEach(Cancellation::run);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("A command failed while it was being cancelled", e);
        }
    }
}
