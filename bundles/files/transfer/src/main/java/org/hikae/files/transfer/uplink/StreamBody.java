package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of an answer as a channel. No more is taken off the connection than is read, a few buffers aside, and it is an
 * error if nothing comes for long. Closing it early closes the connection. One thread reads; any may close.
 */
final class StreamBody implements BodySubscriber<StreamBody>, ReadableByteChannel {
    private final long patience;
    private final Runnable atEnd;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
    private Flow.Subscription subscription;
    private boolean complete;
    private Throwable failure;
    private boolean closed;

    /** @param atEnd called, perhaps more than once, when nothing more comes */
    StreamBody(Duration patience, Runnable atEnd) {
        this.patience = patience.toNanos();
        this.atEnd = atEnd;
    }

    @Override
    public CompletionStage<StreamBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        lock.lock();
        try {
            if (this.subscription != null || closed) {
                subscription.cancel();
                return;
            }
            this.subscription = subscription;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        lock.lock();
        try {
            buffers.addAll(item);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable throwable) {
        end(throwable);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(Throwable throwable) {
        lock.lock();
        try {
            complete = true;
            failure = throwable;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        atEnd.run();
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (!to.hasRemaining()) {
            return 0;
        }
        ByteBuffer next = next();
        if (next == null) {
            return -1;
        }
        int count = Math.min(next.remaining(), to.remaining());
        to.put(next.slice().limit(count));
        next.position(next.position() + count);
        return count;
    }

    /** A buffer with something in it, that stays the first one; null at the end. */
    private ByteBuffer next() throws IOException {
        lock.lock();
        try {
            long left = patience;
            boolean asked = false;
            while (true) {
                while (!buffers.isEmpty() && !buffers.peek().hasRemaining()) {
                    buffers.remove();
                }
                if (closed) {
                    throw new ClosedChannelException();
                } else if (!buffers.isEmpty()) {
                    return buffers.peek();
                } else if (failure != null) {
                    throw new IOException("the answer was cut off: " + failure.getMessage(), failure);
                } else if (complete) {
                    return null;
                } else if (left <= 0) {
                    close();
                    throw new HttpTimeoutException("the answer does not go on");
                }
                if (asked || subscription == null) {
                    // Who reads may be faster than who begins to give.
                    left = changed.awaitNanos(left);
                } else {
                    // The answer may come at once, on this thread: look again before waiting.
                    asked = true;
                    subscription.request(1);
                }
            }
        } catch (InterruptedException e) {
            close();
            throw Exchanges.interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Flow.Subscription cancelled;
        lock.lock();
        try {
            closed = true;
            buffers.clear();
            cancelled = complete ? null : subscription;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (cancelled != null) {
            cancelled.cancel();
        }
        atEnd.run();
    }
}
