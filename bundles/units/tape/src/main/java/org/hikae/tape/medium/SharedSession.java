package org.hikae.tape.medium;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.hikae.tape.store.write.ObjectStream;
import org.hikae.tape.store.write.Session;

/** A session that is opened by the first who writes, and closed when nobody does for a while. Thread-safe. */
final class SharedSession {

    private final Opener opener;
    private final Consumer<SharedSession> whenIdle;
    /** Held while a session is opened, which waits for a cartridge. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Null if none is open. Guarded by {@link #lock}, as all below. */
    private Session session;

    private int writers;
    /** How often somebody has begun to write. */
    private long uses;

    private long idleSince;
    private boolean closed;

    /** Begins a session. */
    @FunctionalInterface
    interface Opener {
        Session open() throws IOException;
    }

    /** @param whenIdle is told when the last writer has left, and calls {@link #closeIfIdle} after a while */
    SharedSession(Opener opener, Consumer<SharedSession> whenIdle) {
        this.opener = opener;
        this.whenIdle = whenIdle;
    }

    /** Begins an object; each writer calls {@link #leave} when it ends. */
    TapeWriter begin(ObjectStream.Name name) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new IOException("tape control ends");
            }
            if (session != null && session.hasFailed()) {
                session.close();
                session = null;
            }
            if (session == null) {
                session = opener.open();
                writers = 0;
            }
            uses++;
            writers++;
            return new TapeWriter(this, session, session.begin(name));
        } finally {
            lock.unlock();
        }
    }

    /** A writer of a session has ended. */
    void leave(Session of) {
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
                session.close();
                session = null;
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
                session.close();
                session = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
