package org.hikae.tape.store.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.job.ForwardingProgress;
import org.hikae.api.job.Progress;

/** What a session works for, and cancelled also when the session is ended: it waits for no cartridge then. Thread-safe. */
final class SessionProgress extends ForwardingProgress {

    /** What is to be done when the session is ended; guarded by this. */
    private final List<Runnable> actions = new ArrayList<>();
    /** Guarded by this. */
    private boolean stopped;

    SessionProgress(Progress work) {
        super(work);
    }

    /** The session is ended. */
    void stop() {
        List<Runnable> all;
        synchronized (this) {
            stopped = true;
            all = List.copyOf(actions);
            actions.clear();
        }
        all.forEach(Runnable::run);
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public void check() {
        super.check();
        if (isStopped()) {
            throw new CancellationException("the session was ended");
        }
    }

    @Override
    public void pass(Check check) throws IOException {
        super.pass(check);
        check();
    }

    @Override
    public void onCancel(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
        super.onCancel(once);
        synchronized (this) {
            if (!stopped) {
                actions.add(once);
                return;
            }
        }
        once.run();
    }
}
