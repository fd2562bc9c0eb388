package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.FrameReader;
import org.hikae.files.transfer.run.StoredFrame;

/**
 * Whole frames as the body of a request, not faster than a rate, as many as make a part. Each is checked before it goes.
 * It can be told to end behind the frame that is being sent. Thread-safe.
 */
final class PacedFrames implements BodyPublisher, Flow.Subscription, Runnable {
    private final FrameReader frames;
    private final Executor threads;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Pacer pacer;
    private long wanted;
    private boolean subscribed;
    private boolean cancelled;
    private boolean stopped;
    private boolean ended;
    private long sent;
    private IOException failure;

    /** Written once, before the sending thread begins. */
    private Flow.Subscriber<? super ByteBuffer> subscriber;

    /** Number of the next frame. Of the sending thread alone. */
    private long next;

    /**
     * @param from number of the first frame
     * @param rate bytes per second; 0: any
     * @param threads where frames are read and handed over
     */
    PacedFrames(FrameReader frames, long from, long rate, Executor threads) {
        this.frames = frames;
        this.threads = threads;
        next = from;
        pacer = new Pacer(rate, System.nanoTime());
    }

    @Override
    public long contentLength() {
        return -1;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        boolean first = isFirst();
        if (first) {
            this.subscriber = subscriber;
        }
        subscriber.onSubscribe(this);
        if (first) {
            threads.execute(this);
        } else {
            subscriber.onError(new IOException("these frames are sent once"));
        }
    }

    private boolean isFirst() {
        lock.lock();
        try {
            boolean first = !subscribed;
            subscribed = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for these frames any more. They are closed, here or soon. */
    void abandon() throws IOException {
        cancel();
        if (isFirst()) {
            frames.close();
        }
    }

    @Override
    public void request(long n) {
        change(() -> wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n);
    }

    @Override
    public void cancel() {
        change(() -> cancelled = true);
    }

    /** From now on. */
    void rate(long bytesPerSecond) {
        change(() -> pacer.rate(bytesPerSecond, System.nanoTime()));
    }

    /** Sends no further frame, and ends the body as it should. */
    void stop() {
        change(() -> stopped = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that were handed over. */
    long sent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the whole body was handed over. */
    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Why frames could not be read; null: they could. */
    IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try (frames) {
            long part = 0;
            for (StoredFrame frame = frame(); frame != null; frame = frame()) {
                part += frame.header().frameLength();
                if (part > Protocol.MAX_PART || !send(frame.bytes())) {
                    break;
                }
            }
        } catch (IOException | RuntimeException e) {
            // What could not be read, or closed, or whatever a channel of others throws.
            IOException cause = e instanceof IOException io ? io : new IOException(e);
            change(() -> failure = cause);
            subscriber.onError(cause);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            subscriber.onError(Exchanges.interrupted(e));
            return;
        }
        end();
    }

    private void end() {
        boolean complete;
        lock.lock();
        try {
            ended = true;
            complete = !cancelled;
        } finally {
            lock.unlock();
        }
        if (complete) {
            subscriber.onComplete();
        }
    }

    /** Null if there is none to be sent. */
    private StoredFrame frame() throws IOException {
        lock.lock();
        try {
            if (stopped || cancelled) {
                return null;
            }
        } finally {
            lock.unlock();
        }
        StoredFrame frame = frames.next();
        if (frame != null && frame.number() != next) {
            throw new FormatException("frame " + frame.number() + " instead of frame " + next);
        }
        next++;
        return frame;
    }

    /** False if nobody wants it. */
    private boolean send(ByteBuffer bytes) throws InterruptedException {
        while (bytes.hasRemaining()) {
            int count = await(bytes.remaining());
            if (count == 0) {
                return false;
            }
            subscriber.onNext(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
        return true;
    }

    /** Waits until something may be sent. @return how many bytes; 0: nothing any more */
    private int await(int bytes) throws InterruptedException {
        lock.lock();
        try {
            while (!cancelled) {
                long now = System.nanoTime();
                long delay = pacer.delay(now);
                if (wanted == 0) {
                    changed.await();
                } else if (delay > 0) {
                    changed.awaitNanos(delay);
                } else {
                    int count = Math.min(bytes, pacer.slice());
                    pacer.sent(count, now);
                    wanted--;
                    sent += count;
                    return count;
                }
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }
}
