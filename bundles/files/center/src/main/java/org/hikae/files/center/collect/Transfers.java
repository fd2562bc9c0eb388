package org.hikae.files.center.collect;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.Transfer;
import org.hikae.files.center.collect.Outcome.End;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.center.store.CenterStore.Stored;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.UploadReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transfers that go on, and what becomes of them. Thread-safe. */
final class Transfers implements Reception.Surroundings {

    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    private static final int PATIENCE_AT_END_SECONDS = 30;
    private static final int HOPELESS = 20;

    private final Desk desk;
    private final CenterStore store;
    private final Ledger ledger;
    private final InstantSource clock;
    private final LongSupplier nanos;

    /** Those that have begun and whose end is not entered. Guarded by the desk. */
    private final Set<Reception> all = new HashSet<>();

    private final Meter meter;
    private final Pacer center;
    /** Guarded by itself. */
    private final Map<String, Pacer> clients = new HashMap<>();

    private volatile Limits limits;
    private volatile String problem;
    private volatile boolean closed;
    private final ExecutorService expiries = Executors.newCachedThreadPool(Driver::thread);

    Transfers(Desk desk, CenterStore store, Ledger ledger, InstantSource clock, LongSupplier nanos) {
        this.desk = desk;
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
        this.nanos = nanos;
        meter = new Meter(nanos.getAsLong());
        center = new Pacer(Pacer.UNLIMITED, nanos.getAsLong());
        limits = desk.limits();
    }

    @Override
    public CenterStore store() {
        return store;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long nanos() {
        return nanos.getAsLong();
    }

    @Override
    public Supplier<Limits> limits() {
        return () -> limits;
    }

    @Override
    public void count(long bytes) {
        meter.count(bytes, nanos());
    }

    @Override
    public List<Pacer> pacers(String origin) {
        List<Pacer> pacers = new ArrayList<>(List.of(center));
        for (Map.Entry<String, Conditions> client : limits.of(origin)) {
            synchronized (clients) {
                Pacer pacer = clients.get(client.getKey());
                if (pacer != null) {
                    pacers.add(pacer);
                }
            }
        }
        return pacers;
    }

    /** What holds now; asked for often, since it changes with the time of day. */
    void limit(Limits now) {
        Instant instant = clock.instant();
        center.setRate(Limits.rate(now.center(), instant), nanos());
        synchronized (clients) {
            clients.keySet().retainAll(now.clients().keySet());
            now.clients().forEach((name, conditions) -> clients.computeIfAbsent(
                            name, key -> new Pacer(Pacer.UNLIMITED, nanos()))
                    .setRate(Limits.rate(conditions, instant), nanos()));
        }
        limits = now;
    }

    Received receive(String peer, RunId run, long from, String address, InputStream in) throws Refusal.Refused {
        Reception reception = begin(peer, run, from, address);
        Outcome outcome = null;
        try {
            outcome = reception.receive(in);
        } finally {
            if (outcome == null) {
                // Memory has run out, say: its place among the transfers is given back all the same.
                expire(reception, "the center failed");
            }
        }
        ended(reception, outcome);
        return answer(reception, outcome);
    }

    private Reception begin(String peer, RunId run, long from, String address) throws Refusal.Refused {
        synchronized (desk) {
            Entry entry = desk.entry(run);
            if (closed) {
                throw Refusal.unavailable("the center stops", 5);
            } else if (entry == null) {
                throw Refusal.noOrder("this run is not announced, or is here already");
            } else if (entry.reception != null) {
                throw Refusal.unavailable("this run is just being received", 1);
            }
            checkOrder(entry, from);
            checkRoom(run.origin());
            Reception reception = new Reception(entry.order, peer, address, from, this);
            entry.reception = reception;
            all.add(reception);
            return reception;
        }
    }

    private void checkRoom(String origin) throws Refusal.Refused {
        Limits now = desk.limits();
        boolean room = running(reception -> true) < now.center().transfers();
        for (Map.Entry<String, Conditions> client : now.of(origin)) {
            room &= running(reception ->
                            Limits.isOf(client.getKey(), reception.run().origin()))
                    < client.getValue().transfers();
        }
        if (!room) {
            throw Refusal.unavailable("as many transfers go on as may", 1);
        }
    }

    private long running(Predicate<Reception> which) {
        return all.stream().filter(each -> !each.hasEnded()).filter(which).count();
    }

    private void checkOrder(Entry entry, long from) throws Refusal.Refused {
        Order order = entry.order;
        if (order == null) {
            throw Refusal.noOrder(entry.why == null ? "it is not this run's turn yet" : entry.why);
        }
        Instant now = clock.instant();
        String forbidden = order.ended(now);
        if (forbidden == null) {
            forbidden = desk.limits().forbids(entry.run, entry.frames > 0, order.forced, now);
        }
        if (forbidden != null) {
            desk.giveUp(entry, forbidden);
            throw Refusal.noOrder(forbidden);
        }
        if (from != entry.frames) {
            desk.session(entry.peer).received(receipt(entry.run, entry.frames, false));
            desk.change();
            throw Refusal.noOrder("frame " + entry.frames + " comes next, not " + from);
        }
    }

    private static PollReply.Receipt receipt(RunInfo run, long frames, boolean complete) {
        return new PollReply.Receipt(run.id(), run.identity(), frames, complete);
    }

    /** Lets a transfer end that may wait for its sender. */
    void expire(Reception reception, String why) {
        try {
            expiries.execute(() -> ended(reception, reception.expire(why)));
        } catch (RejectedExecutionException e) {
            LOG.debug("the center has stopped, and has ended all transfers", e);
        }
    }

    /** Enters the end of a transfer, once. */
    private void ended(Reception reception, Outcome outcome) {
        if (outcome.end() == End.FULL_WANTED) {
            try {
                RunId run = reception.run();
                store.askForFull(run.origin(), run.backup(), run.number());
            } catch (IOException e) {
                LOG.warn("a full run of {} cannot be asked for: {}", reception.run(), e.getMessage());
            }
        }
        synchronized (desk) {
            if (!all.remove(reception)) {
                return;
            }
            Entry entry = desk.entry(reception.run());
            if (entry != null && entry.reception == reception) {
                entry.reception = null;
                enter(entry, reception, outcome);
            }
            desk.change();
        }
        ledger.transferred(reception.transfer(clock.instant()));
        if (outcome.end() == End.FAILED) {
            problem = "run " + reception.run() + " could not be stored: " + outcome.why();
            LOG.warn("{}", problem);
        } else if (outcome.stored() != null) {
            problem = null;
        }
    }

    private void enter(Entry entry, Reception reception, Outcome outcome) {
        Stored stored = outcome.stored();
        Session session = desk.session(entry.peer);
        boolean more = stored != null && stored.frames() > entry.frames;
        if (stored != null) {
            entry.frames = stored.frames();
            session.received(receipt(entry.run, stored.frames(), stored.complete()));
        }
        if (more) {
            entry.failures = 0;
            entry.problem = null;
            entry.never = false;
        }
        switch (outcome.end()) {
            case COMPLETE -> desk.done(entry);
            case PART -> part(entry, reception, more);
            case FULL_WANTED -> {
                RunId run = reception.run();
                session.wantFull(new PollReply.Full(run.origin(), run.backup(), run.number()));
                // As long as it is announced, it is tried again seldom: the full run takes its place.
                entry.failures = HOPELESS;
                entry.never = true;
                complain(entry, reception, outcome.why());
            }
            case REFUSED -> complain(entry, reception, outcome.why());
            case PAUSED, CUT, FAILED -> fail(entry, reception, outcome.why());
        }
    }

    private void complain(Entry entry, Reception reception, String why) {
        entry.problem = why;
        desk.session(entry.peer).problem(entry.wrong());
        fail(entry, reception, why);
    }

    private void part(Entry entry, Reception reception, boolean more) {
        if (entry.order != reception.order()) {
            desk.planner().progress(entry.run.id(), entry.remaining(), 0);
        } else if (more) {
            entry.order.since = nanos();
            desk.planner().progress(entry.run.id(), entry.remaining(), reception.bytesPerSecond());
            desk.session(entry.peer).news = true;
        } else {
            desk.giveUp(entry, "its sender had nothing to send");
        }
    }

    /** If the planner has not ended it itself, it has to be told. */
    private void fail(Entry entry, Reception reception, String why) {
        if (entry.order == reception.order()) {
            desk.giveUp(entry, why);
        } else {
            desk.planner().announce(entry.run, entry.arrived, entry.remaining());
        }
    }

    private Received answer(Reception reception, Outcome outcome) {
        UUID identity = reception.identity();
        long frames =
                outcome.stored() == null ? reception.next() : outcome.stored().frames();
        return switch (outcome.end()) {
            case COMPLETE -> new Received(new UploadReply(identity, frames, true, UploadReply.Why.COMPLETE), null);
            case PART -> new Received(new UploadReply(identity, frames, false, UploadReply.Why.PART), null);
            case PAUSED ->
                outcome.stored() == null
                        ? refused(409, ErrorReply.NO_ORDER, outcome.why(), 0)
                        : new Received(new UploadReply(identity, frames, false, UploadReply.Why.PAUSED), null);
            case REFUSED -> refused(400, ErrorReply.INVALID, outcome.why(), 0);
            case CUT -> refused(408, ErrorReply.INVALID, outcome.why(), 0);
            case FULL_WANTED -> refused(409, ErrorReply.NO_ORDER, outcome.why(), 0);
            case FAILED -> refused(507, ErrorReply.FAILED, "the center cannot store it now: " + outcome.why(), 60);
        };
    }

    private static Received refused(int status, String code, String why, int seconds) {
        return new Received(null, new Refusal(status, new ErrorReply(code, why), seconds));
    }

    /** Tells the planner how far all have come. */
    void tellProgress() {
        for (Reception reception : all) {
            Entry entry = desk.entry(reception.run());
            if (entry != null && entry.order == reception.order()) {
                double share = Math.max(0, entry.run.frames() - reception.next()) / (double) entry.run.frames();
                long remaining = Math.max(1, (long) (entry.run.bytes() * share));
                desk.planner().progress(entry.run.id(), remaining, reception.bytesPerSecond());
            }
        }
    }

    boolean any() {
        return !all.isEmpty();
    }

    List<Transfer> running() {
        synchronized (desk) {
            return all.stream().map(reception -> reception.transfer(null)).toList();
        }
    }

    long bytesPerSecond() {
        return meter.perSecond(nanos());
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    void close() {
        closed = true;
        List<Reception> running;
        synchronized (desk) {
            running = List.copyOf(all);
            running.forEach(reception -> reception.order().end("the center stops"));
        }
        running.forEach(reception -> expire(reception, "the center stops"));
        expiries.shutdown();
        try {
            if (!expiries.awaitTermination(PATIENCE_AT_END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("transfers are still being stored; what is not durable is sent again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
