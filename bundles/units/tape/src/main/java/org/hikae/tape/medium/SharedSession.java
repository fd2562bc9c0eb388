package org.hikae.tape.medium;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Progress;
import org.hikae.tape.store.write.ObjectStream;
import org.hikae.tape.store.write.Session;

/** A session that is opened by the first who writes, and closed when nobody does for a while. Thread-safe. */
final class SharedSession {

    /** How often one who waits looks whether what it works for was cancelled. */
    private static final long LOOK_MILLIS = 250;

    private final Opener opener;
    private final Ending ending;
    private final Consumer<SharedSession> whenIdle;
    /** Held while a session is opened, which waits for a cartridge. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Null if none is open. Written under {@link #lock}, which guards all below. */
    private volatile Session session;
    /** That of the session. */
    private SharedSessionProgress progress;

    private int writers;
    /** How often somebody has begun to write. */
    private long uses;

    private long idleSince;
    private boolean closed;

    /** Begins a session. */
    @FunctionalInterface
    interface Opener {
        Session open(Progress progress) throws IOException;
    }

    /** @param whenIdle is told when the last writer has left, and calls {@link #closeIfIdle} after a while */
    SharedSession(Opener opener, Ending ending, Consumer<SharedSession> whenIdle) {
        this.opener = opener;
        this.ending = ending;
        this.whenIdle = whenIdle;
    }

    /**
     * Begins an object; each writer calls {@link #leave} when it ends.
     *
     * @throws java.util.concurrent.CancellationException if what the thread works for ({@link CurrentProgress}) was cancelled
     */
    TapeWriter begin(ObjectStream.Name name) throws IOException, InterruptedException {
        while (!lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            CurrentProgress.get().check();
        }
        try {
            if (closed) {
                throw new IOException("tape control ends");
            }
            if (session != null && session.hasFailed()) {
                end();
            }
            if (session == null) {
                open();
            }
            uses++;
            writers++;
            return new TapeWriter(this, session, session.begin(name));
        } finally {
            lock.unlock();
        }
    }

    /** By one who holds the lock, as {@link #end}. */
    private void open() throws IOException {
        SharedSessionProgress begun = ending.begin(CurrentProgress.get());
        try {
            session = opener.open(begun);
            progress = begun;
            writers = 0;
        } finally {
            begun.opened();
            if (session == null) {
                begun.close();
            }
        }
    }

    private void end() {
        session.close();
        session = null;
        progress.close();
    }

    /** A writer of a session has ended. Does not wait for one who opens another session. */
    void leave(Session of) {
        if (session != of) {
            return;
        }
        lock.lock();
        try {
            if (session == of && --writers == 0 && !closed) {
                idleSince = uses;
                whenIdle.accept(this);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the session if nobody has written since the last writer left. */
    void closeIfIdle() {
        lock.lock();
        try {
            if (session != null && writers == 0 && uses == idleSince) {
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the session for good; waits for whoever opens one. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (session != null) {
                end();
            }
        } finally {
            lock.unlock();
        }
    }
}
