package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.PollReply.Order;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;

/**
 * Announces what is in the outbox, and carries out what comes back. One thread does all of it, but for the waiting: what
 * happens elsewhere comes to it as an event, so that nothing here needs a lock.
 */
final class PollLoop implements Runnable {
    /** Runs that are sent at once at most, whatever is ordered. */
    private static final int MAX_UPLOADS = 16;

    /** Polls that wait at most: one, and one that takes its place. */
    private static final int MAX_POLLS = 2;

    private final Exchanges exchanges;
    private final RunOutbox outbox;
    private final Supplier<List<UUID>> route;
    private final UplinkTimes times;
    private final RandomGenerator random;
    private final Executor threads;
    private final Standing standing;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final UUID incarnation = UUID.randomUUID();
    private final CountDownLatch end = new CountDownLatch(1);

    // Of the loop's thread alone, from here on.

    private final Backoff backoff;
    private final Map<RunId, Order> orders = new LinkedHashMap<>();
    private final Map<RunId, Upload> uploads = new HashMap<>();
    private final Map<RunId, Trial> trials = new HashMap<>();
    private long issued;
    private long applied;
    private int waiting;
    private boolean dirty;
    private boolean failing;
    private boolean closed;
    private PollReply last;

    /** When to poll, as System.nanoTime has it, if {@code scheduled}. */
    private long pollAt;

    private boolean scheduled;

    /** Until when the center wants to be left alone, likewise. */
    private long aloneUntil;

    PollLoop(
            Exchanges exchanges,
            RunOutbox outbox,
            Supplier<List<UUID>> route,
            UplinkTimes times,
            RandomGenerator random,
            Executor threads,
            Standing standing) {
        this.exchanges = exchanges;
        this.outbox = outbox;
        this.route = route;
        this.times = times;
        this.random = random;
        this.threads = threads;
        this.standing = standing;
        backoff = new Backoff(times.backoff(), times.longest(), random);
    }

    /** What comes to the loop's thread. */
    private interface Event {
        void happen();
    }

    /** There is something new in the outbox. */
    void changed() {
        events.add(this::announce);
    }

    /**
     * Somebody waits for the center, or it has just answered another question: what was put off because it could not be reached is tried
     * now. What it wants to be left alone with itself stays put off.
     */
    void wake() {
        events.add(() -> {
            long now = System.nanoTime();
            if (!closed && failing && waiting == 0) {
                backoff.reset();
                pollAt = aloneUntil - now > 0 ? aloneUntil : now;
                scheduled = true;
            }
            release(now);
        });
    }

    /** Runs that could not be sent as the center could not be reached are tried again. */
    private void release(long now) {
        trials.values().forEach(trial -> trial.release(now));
    }

    /** Lets the thread end when uploads and polls have. */
    void close() {
        events.add(() -> {
            closed = true;
            scheduled = false;
            trials.clear();
            orders.clear();
            uploads.values().forEach(Upload::stop);
        });
    }

    /** Waits until the thread calls the outbox no more. */
    void awaitEnd() throws InterruptedException {
        end.await();
    }

    @Override
    public void run() {
        try {
            poll();
            while (!closed || waiting > 0 || !uploads.isEmpty()) {
                step();
            }
        } finally {
            end.countDown();
        }
    }

    private void step() {
        try {
            Event event = events.poll(delay(), TimeUnit.NANOSECONDS);
            if (event != null) {
                event.happen();
            }
            if (!closed) {
                due();
            }
        } catch (InterruptedException e) {
            // Nobody does that to this thread, and closing it works without.
            standing.problem("interrupted");
        } catch (RuntimeException e) {
            standing.problem("what has come from the center cannot be carried out: " + e);
            if (waiting == 0 && !closed) {
                failed(Duration.ZERO);
            }
        }
    }

    private long delay() {
        long now = System.nanoTime();
        long delay = scheduled ? pollAt - now : Long.MAX_VALUE;
        for (Trial trial : trials.values()) {
            if (!trial.told) {
                delay = Math.min(delay, trial.notBefore - now);
            }
        }
        return Math.max(0, delay);
    }

    private void due() {
        long now = System.nanoTime();
        if (scheduled && pollAt - now <= 0) {
            poll();
        }
        boolean over = false;
        for (Trial trial : trials.values()) {
            if (!trial.told && trial.notBefore - now <= 0) {
                trial.told = true;
                over = true;
            }
        }
        carryOut();
        if (over) {
            // How far the center has got is told by the answer to a new poll.
            announce();
        }
    }

    private void announce() {
        if (closed || failing) {
            return; // what is new is announced with the next attempt
        }
        if (waiting < MAX_POLLS) {
            poll();
        } else {
            dirty = true;
        }
    }

    private void poll() {
        scheduled = false;
        dirty = false;
        byte[] message;
        try {
            List<RunInfo> runs = outbox.runs();
            boolean more = runs.size() > Protocol.MAX_RUNS;
            trials.keySet()
                    .removeIf(run -> runs.stream().noneMatch(each -> each.id().equals(run)));
            message = Messages.write(new PollRequest(
                    incarnation,
                    issued + 1,
                    route.get(),
                    more ? runs.subList(0, Protocol.MAX_RUNS) : runs,
                    more,
                    outbox.asked()));
        } catch (IOException | RuntimeException e) {
            standing.problem("what waits to be sent cannot be told: " + e.getMessage());
            failed(Duration.ZERO);
            return;
        }
        issued++;
        waiting++;
        long sequence = issued;
        threads.execute(() -> {
            Event event;
            try {
                PollReply reply = Messages.pollReply(exchanges.post(Protocol.POLL, message, Protocol.POLL_WAIT));
                event = () -> answered(sequence, reply);
            } catch (IOException | RuntimeException e) {
                event = () -> unanswered(sequence, e);
            }
            events.add(event);
        });
    }

    private void answered(long sequence, PollReply reply) {
        waiting--;
        standing.heard();
        take(reply);
        if (closed) {
            return;
        }
        if (sequence > applied) {
            applied = sequence;
            orders.clear();
            reply.orders().forEach(order -> orders.put(order.run(), order));
            uploads.values().stream()
                    .filter(upload -> !orders.containsKey(upload.run()))
                    .forEach(Upload::stop);
            carryOut();
        }
        if (sequence == issued) {
            backoff.reset();
            if (failing) {
                release(System.nanoTime());
            }
            failing = false;
            next(reply);
        }
        if (dirty) {
            announce();
        }
    }

    private void next(PollReply reply) {
        Duration pause = Duration.ofSeconds(reply.retryAfterSeconds());
        if (pause.isZero() && reply.equals(last)) {
            // It said nothing new, and did not wait: it may be in trouble, and is not to be asked without end.
            pause = times.backoff();
        }
        last = reply;
        schedule(pause.isZero() ? pause : pause.plusNanos(random.nextLong(pause.toNanos() / 8 + 1)));
    }

    private void unanswered(long sequence, Exception e) {
        waiting--;
        if (sequence == issued && !closed) {
            standing.problem(e.getMessage() == null ? e.toString() : e.getMessage());
            failed(e instanceof RefusedException refused ? refused.retryAfter() : Duration.ZERO);
        }
    }

    private void failed(Duration atLeast) {
        failing = true;
        aloneUntil = System.nanoTime() + atLeast.toNanos();
        schedule(atLeast.plus(backoff.next()));
    }

    private void schedule(Duration pause) {
        pollAt = System.nanoTime() + pause.toNanos();
        scheduled = true;
    }

    /** What is true whenever it was said. */
    private void take(PollReply reply) {
        for (PollReply.Receipt receipt : reply.receipts()) {
            note(() -> {
                outbox.received(receipt.run(), receipt.frames());
                if (receipt.complete()) {
                    outbox.complete(receipt.run(), receipt.identity());
                }
            });
        }
        note(() -> outbox.confirmed(reply.confirmed()));
        reply.full().forEach(full -> note(() -> outbox.fullWanted(full.origin(), full.backup(), full.above())));
        for (PollReply.Problem problem : reply.problems()) {
            note(() -> {
                if (problem.never()) {
                    outbox.refused(problem.run(), problem.identity(), problem.text());
                } else {
                    outbox.problem(problem.run(), problem.text());
                }
            });
        }
    }

    /** What the outbox cannot note, the center says again. */
    private void note(Note note) {
        try {
            note.run();
        } catch (IOException | RuntimeException e) {
            standing.problem("what the center has said cannot be noted: " + e.getMessage());
        }
    }

    /** Something for the outbox. */
    private interface Note {
        void run() throws IOException;
    }

    private void carryOut() {
        for (Order order : List.copyOf(orders.values())) {
            Upload upload = uploads.get(order.run());
            Trial trial = trials.get(order.run());
            if (upload != null) {
                upload.rate(order.bytesPerSecond());
            } else if (uploads.size() < MAX_UPLOADS && (trial == null || trial.told)) {
                begin(order);
            }
        }
    }

    private void begin(Order order) {
        Upload upload = new Upload(order, exchanges, outbox, times, threads);
        uploads.put(order.run(), upload);
        standing.sending(uploads.keySet());
        threads.execute(() -> {
            Upload.Outcome outcome;
            try {
                outcome = upload.send();
            } catch (RuntimeException e) {
                standing.problem("sending " + order.run() + " failed: " + e);
                outcome = Upload.Outcome.FAILED;
            }
            Upload.Outcome end = outcome;
            events.add(() -> ended(upload, end));
        });
    }

    private void ended(Upload upload, Upload.Outcome outcome) {
        RunId run = upload.run();
        uploads.remove(run);
        standing.sending(uploads.keySet());
        Order order = orders.get(run);
        if (closed) {
            return;
        } else if (outcome == Upload.Outcome.DONE) {
            trials.remove(run);
            // One that came meanwhile goes on where this has ended; any other is over.
            if (order != null && !isNext(order, upload)) {
                orders.remove(run);
            }
        } else {
            if (order != null && order.fromFrame() < upload.durable()) {
                orders.put(run, from(upload.durable(), order));
            }
            Function<RunId, Trial> first = key -> new Trial(new Backoff(times.backoff(), times.longest(), random));
            Trial trial = trials.computeIfAbsent(run, first);
            trial.failed(System.nanoTime(), upload.retryAfter());
        }
    }

    private static boolean isNext(Order order, Upload upload) {
        return order.fromFrame() > upload.durable() || order.fromFrame() == upload.durable() && upload.hasProgress();
    }

    private static Order from(long frame, Order order) {
        return new Order(order.run(), frame, order.bytesPerSecond(), order.until(), order.finish());
    }
}
