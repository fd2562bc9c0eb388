package org.hikae.node.cache;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.hikae.io.FirstFailure;

/**
 * Operations on something that others may close meanwhile: it ends when the last of them is done. Nobody waits for that, since
 * a thread that is interrupted closes a channel while the other holds what the operation may need. Thread-safe.
 */
public final class Busy {

    private final FirstFailure.Attempt end;
    /** Operations under way; guarded by this, as all below. */
    private int inside;

    private boolean closed;

    /** @param end done once, after {@link #close} */
    public Busy(FirstFailure.Attempt end) {
        this.end = end;
    }

    /** An operation. */
    @FunctionalInterface
    public interface Operation<T> {
        T run() throws IOException;
    }

    /** @throws ClosedChannelException if it was closed before */
    public <T> T call(Operation<T> operation) throws IOException {
        enter();
        try {
            return operation.run();
        } finally {
            leave();
        }
    }

    /** As {@link #call}. */
    public void run(FirstFailure.Attempt operation) throws IOException {
        enter();
        try {
            operation.run();
        } finally {
            leave();
        }
    }

    private synchronized void enter() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        inside++;
    }

    private void leave() throws IOException {
        if (isLast()) {
            end.run();
        }
    }

    private synchronized boolean isLast() {
        inside--;
        return closed && inside == 0;
    }

    /** Lets no operation begin any more. Idempotent. */
    public void close() throws IOException {
        if (isIdle()) {
            end.run();
        }
    }

    private synchronized boolean isIdle() {
        boolean first = !closed;
        closed = true;
        return first && inside == 0;
    }
}
