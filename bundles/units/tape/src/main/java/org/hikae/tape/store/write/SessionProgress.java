package org.hikae.tape.store.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.job.Progress;

/** What a session works for, and cancelled also when the session is ended: it waits for no cartridge then. Thread-safe. */
final class SessionProgress implements Progress {

    private final Progress work;
    /** What is to be done when the session is ended; guarded by this. */
    private final List<Runnable> actions = new ArrayList<>();
    /** Guarded by this. */
    private boolean stopped;

    SessionProgress(Progress work) {
        this.work = work;
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
    public void phase(String phase) {
        work.phase(phase);
    }

    @Override
    public void waiting(String what) {
        work.waiting(what);
    }

    @Override
    public void total(long bytes) {
        work.total(bytes);
    }

    @Override
    public void advance(long bytes) {
        work.advance(bytes);
    }

    @Override
    public void check() {
        work.check();
        if (isStopped()) {
            throw new CancellationException("the session was ended");
        }
    }

    @Override
    public void pass(Check check) throws IOException {
        work.pass(check);
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
        work.onCancel(once);
        synchronized (this) {
            if (!stopped) {
                actions.add(once);
                return;
            }
        }
        once.run();
    }
}
