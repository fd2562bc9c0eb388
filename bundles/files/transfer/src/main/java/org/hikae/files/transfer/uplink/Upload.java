package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.api.files.RunId;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply.Order;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.UploadReply;
import org.hikae.files.transfer.run.FrameReader;

/** Sends a run as it was ordered, part by part. Thread-safe. */
final class Upload {
    /** How it ended. */
    enum Outcome {
        /** The center has the run, or does not want it now: it will say when. */
        DONE,
        /** Something failed that may be over later. */
        FAILED
    }

    private final RunId run;
    private final long from;
    private final Exchanges exchanges;
    private final RunOutbox outbox;
    private final UplinkTimes times;
    private final Executor threads;

    /** Guards what follows. */
    private final Object lock = new Object();

    private long rate;
    private long durable;
    private Duration retryAfter = Duration.ZERO;
    private boolean stopped;
    private PacedFrames sending;

    Upload(Order order, Exchanges exchanges, RunOutbox outbox, UplinkTimes times, Executor threads) {
        run = order.run();
        from = order.fromFrame();
        durable = from;
        rate = order.bytesPerSecond();
        this.exchanges = exchanges;
        this.outbox = outbox;
        this.times = times;
        this.threads = threads;
    }

    RunId run() {
        return run;
    }

    /** Number of frames that the center has, as far as it has said. */
    long durable() {
        synchronized (lock) {
            return durable;
        }
    }

    boolean hasProgress() {
        return durable() > from;
    }

    /** How long the center wants to be left alone with this run. */
    Duration retryAfter() {
        synchronized (lock) {
            return retryAfter;
        }
    }

    /** Goes on at this rate. */
    void rate(long bytesPerSecond) {
        synchronized (lock) {
            rate = bytesPerSecond;
            if (sending != null) {
                sending.rate(bytesPerSecond);
            }
        }
    }

    /** Ends soon, behind a whole frame. */
    void stop() {
        synchronized (lock) {
            stopped = true;
            if (sending != null) {
                sending.stop();
            }
        }
    }

    /** Sends until there is nothing to send any more. Once. */
    Outcome send() {
        long next = from;
        try {
            while (true) {
                UploadReply reply = part(next);
                note(reply);
                if (reply.why() != UploadReply.Why.PART || reply.frames() <= next || isStopped()) {
                    return Outcome.DONE;
                }
                next = reply.frames();
            }
        } catch (RefusedException e) {
            return refused(e);
        } catch (LocalException e) {
            outbox.problem(run, "cannot be sent: " + e.getMessage());
            return Outcome.FAILED;
        } catch (IOException e) {
            // Cut off, or no answer: what arrived is told by the next poll.
            return Outcome.FAILED;
        }
    }

    private Outcome refused(RefusedException e) {
        if (e.code().equals(ErrorReply.NO_ORDER)) {
            return Outcome.DONE;
        }
        synchronized (lock) {
            retryAfter = e.retryAfter();
        }
        if (!e.code().equals(ErrorReply.BUSY)) {
            outbox.problem(run, "is refused: " + e.getMessage());
        }
        return Outcome.FAILED;
    }

    private void note(UploadReply reply) throws LocalException {
        synchronized (lock) {
            durable = Math.max(durable, reply.frames());
        }
        try {
            outbox.received(run, reply.frames());
            if (reply.complete()) {
                outbox.complete(run, reply.identity());
            }
        } catch (IOException e) {
            throw new LocalException(e);
        }
    }

    private boolean isStopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    private UploadReply part(long first) throws IOException {
        PacedFrames body = body(first);
        String resource = Protocol.RUNS + "/" + run.origin() + "/" + run.backup() + "/" + run.number() + "/" + first;
        try {
            CompletableFuture<HttpResponse<StreamBody>> future = exchanges.put(resource, body);
            watch(future, body);
            try (StreamBody answer = exchanges.answer(future, times.answer())) {
                return Messages.uploadReply(Exchanges.bytes(answer, Protocol.MAX_RESPONSE));
            }
        } catch (IOException e) {
            if (body.failure() != null) {
                throw new LocalException(body.failure());
            }
            throw e;
        } finally {
            synchronized (lock) {
                sending = null;
            }
            body.abandon();
        }
    }

    private PacedFrames body(long first) throws LocalException {
        try {
            FrameReader frames = new FrameReader(outbox.open(run, first));
            synchronized (lock) {
                sending = new PacedFrames(frames, first, rate, threads);
                if (stopped) {
                    sending.stop();
                }
                return sending;
            }
        } catch (IOException e) {
            throw new LocalException(e);
        }
    }

    /** Waits until there is an answer, as long as bytes go out, and then for as long as making them durable may take. */
    private void watch(CompletableFuture<HttpResponse<StreamBody>> future, PacedFrames body) throws IOException {
        long sent = -1;
        while (!future.isDone()) {
            boolean ended = body.isEnded();
            if (sent == body.sent()) {
                Exchanges.giveUp(future);
                throw new HttpTimeoutException("nothing goes out any more");
            }
            sent = body.sent();
            if (done(future, ended ? times.commit() : times.stall())) {
                return;
            }
            if (!ended && body.isEnded()) {
                // It has ended meanwhile: now the time for that counts.
                sent = -1;
            }
        }
    }

    private static boolean done(CompletableFuture<?> future, Duration patience) throws IOException {
        try {
            future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | CancellationException e) {
            // The reason is told by who asks for the answer.
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw Exchanges.interrupted(e);
        }
    }

    /** It is not the center's fault. */
    private static final class LocalException extends IOException {
        private static final long serialVersionUID = 1;

        LocalException(IOException cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }
}
