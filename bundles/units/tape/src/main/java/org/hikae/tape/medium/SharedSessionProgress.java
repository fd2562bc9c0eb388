package org.hikae.tape.medium;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.job.Progress;

/**
 * The progress of a session that several jobs write to: it is cancelled when tape control ends. As long as it is being opened, which
 * waits for a drive, it is cancelled with the job that opens it too, and tells that what it waits for. Thread-safe.
 */
final class SharedSessionProgress implements Progress, AutoCloseable {

    private final Ending ending;
    /** Whoever opens the session; {@link Progress#NONE} once it is open. */
    private volatile Progress opener;
    /** Guarded by this, as all below. */
    private boolean ended;
    /** What they refer to, such as the buffers of a session, is held until this is closed. */
    private List<Runnable> actions = new ArrayList<>();

    SharedSessionProgress(Ending ending, Progress opener) {
        this.ending = ending;
        this.opener = opener;
    }

    /** The session is open: whatever becomes of the job that has opened it, others go on. */
    void opened() {
        opener = Progress.NONE;
    }

    void end() {
        List<Runnable> now;
        synchronized (this) {
            ended = true;
            now = actions;
            actions = new ArrayList<>();
        }
        now.forEach(Runnable::run);
    }

    @Override
    public void check() {
        synchronized (this) {
            if (ended) {
                throw new CancellationException("tape control ends");
            }
        }
        opener.check();
    }

    @Override
    public void onCancel(Runnable action) {
        Progress now = opener;
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
        boolean late;
        synchronized (this) {
            late = ended;
            if (!late) {
                actions.add(once);
            }
        }
        if (late) {
            once.run();
        } else {
            now.onCancel(() -> {
                if (opener == now) {
                    once.run();
                }
            });
        }
    }

    @Override
    public void phase(String phase) {
        // the jobs that write have phases of their own
    }

    @Override
    public void waiting(String what) {
        opener.waiting(what);
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

    /** The session has ended. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            actions = new ArrayList<>();
        }
        ending.closed(this);
    }
}
