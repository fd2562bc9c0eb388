package org.hikae.files.center.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hikae.files.center.plan.Decision;
import org.hikae.files.center.plan.Decisions;
import org.hikae.files.center.plan.Planner.Hold;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that asks the planner and gives its orders, whenever something has happened and when it is time. */
final class Driver {

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

    /** An order that nobody follows is taken back. */
    private static final long FOLLOW_NANOS = Duration.ofSeconds(30).toNanos();

    /** Who waits and does not follow is told again. */
    private static final long REMIND_NANOS = Duration.ofSeconds(3).toNanos();

    /** Who has had no poll waiting for so long cannot be reached. */
    private static final long ABSENT_NANOS = Duration.ofSeconds(30).toNanos();

    private static final long HEALTH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration LEAST = Duration.ofMillis(20);

    private final Desk desk;
    private final Transfers transfers;
    private final Health health;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Thread thread = thread(this::run);

    private Health.State state = new Health.State(Hold.NONE, null);
    private long lookedAt;
    private volatile String problem;
    private volatile boolean closed;

    Driver(Desk desk, Transfers transfers, Health health, InstantSource clock, LongSupplier nanos) {
        this.desk = desk;
        this.transfers = transfers;
        this.health = health;
        this.clock = clock;
        this.nanos = nanos;
        lookedAt = nanos.getAsLong() - HEALTH_NANOS;
    }

    static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hikae-collector", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        thread.start();
    }

    boolean isClosed() {
        return closed;
    }

    /** Why nothing is decided, or held; empty: nothing is wrong. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        Duration wait = Duration.ZERO;
        while (!closed) {
            try {
                await(wait);
                wait = step();
            } catch (RuntimeException e) {
                // Whatever is wrong with one decision, others depend on the next one.
                LOG.error("the collector failed, and goes on", e);
                problem = "the planner failed: " + e;
                wait = BUSY;
            }
        }
    }

    private void await(Duration wait) {
        synchronized (desk) {
            if (closed || desk.takeChange()) {
                return;
            }
            try {
                desk.wait(Math.max(1, wait.toMillis()));
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but to end it.
                closed = true;
            }
            desk.takeChange();
        }
    }

    /** @return how long nothing is to be done if nothing happens */
    Duration step() {
        look();
        synchronized (desk) {
            Instant now = desk.now();
            transfers.limit(desk.limits());
            desk.planner().hold(state.hold(), state.why());
            takeBack();
            findAbsent();
            transfers.tellProgress();
            Decisions decisions = desk.planner().decide(now);
            decisions.list().forEach(this::follow);
            boolean lingering = false;
            for (Session session : List.copyOf(desk.sessions())) {
                if (session.news) {
                    desk.answer(session);
                }
                lingering |= session.reachable && session.waiter == null;
            }
            boolean held = state.hold() != Hold.NONE;
            Duration most =
                    held || lingering || transfers.any() || !desk.ordered().isEmpty() ? BUSY : IDLE;
            Duration next = Duration.between(clock.instant(), decisions.next());
            next = next.compareTo(LEAST) < 0 ? LEAST : next;
            return next.compareTo(most) < 0 ? next : most;
        }
    }

    /** Not under the desk's lock: a medium may take its time. */
    private void look() {
        long now = nanos.getAsLong();
        if (now - lookedAt >= HEALTH_NANOS) {
            lookedAt = now;
            state = health.look(desk.limits().center());
        }
        problem = state.why();
    }

    /** An answer may have been lost: who polls again and does not follow is told again. */
    private void takeBack() {
        long now = nanos.getAsLong();
        for (Entry entry : desk.ordered()) {
            if (entry.reception == null && now - entry.order.since > FOLLOW_NANOS) {
                desk.giveUp(entry, "its sender did not follow the order");
            } else if (entry.reception == null && now - entry.order.told > REMIND_NANOS) {
                desk.session(entry.peer).news = true;
            }
        }
    }

    private void findAbsent() {
        for (Session session : desk.sessions()) {
            boolean silent = session.waiter == null && nanos.getAsLong() - session.heardNanos > ABSENT_NANOS;
            if (session.reachable && silent) {
                desk.reachable(session, false);
            }
        }
    }

    private void follow(Decision decision) {
        Entry entry = desk.entry(decision.run());
        if (entry == null) {
            desk.planner().remove(decision.run());
            return;
        }
        switch (decision.kind()) {
            case START -> desk.order(entry, new Order(entry.run, decision, nanos.getAsLong()));
            case CHANGE -> {
                if (entry.order != null) {
                    entry.order.change(decision, nanos.getAsLong());
                    desk.session(entry.peer).news = true;
                }
            }
            case PAUSE -> {
                desk.endOrder(entry, decision.why());
                if (entry.reception != null) {
                    transfers.expire(entry.reception, decision.why());
                }
            }
        }
    }

    void close() {
        closed = true;
        synchronized (desk) {
            desk.change();
        }
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
