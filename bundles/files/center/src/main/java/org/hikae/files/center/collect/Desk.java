package org.hikae.files.center.collect;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Conditions;
import org.hikae.files.center.authority.Peers;
import org.hikae.files.center.plan.Planner;
import org.hikae.files.transfer.message.PollReply;

/**
 * The collection table (e.3), who can be reached, what is ordered, and the planner that knows the same. Every method is called with this
 * object's lock held, which guards it and what it gives out.
 */
final class Desk {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    private static final int MAX_DOUBLINGS = 9;

    /** Orders are told with an end, so that a sender stops that cannot hear of a change. */
    private static final Duration TOLD_AHEAD = Duration.ofDays(1);

    private final Supplier<Planner> planners;
    private final Ledger ledger;
    private final InstantSource clock;
    private final LongSupplier nanos;

    private Planner planner;
    private Limits limits;
    /** The planner's time never goes back. */
    private Instant planned = Instant.EPOCH;

    private final Map<RunId, Entry> entries = new LinkedHashMap<>();
    /** Runs by the member that announced them: a relay speaks for many origins. */
    private final Map<String, Set<RunId>> runs = new HashMap<>();
    /** Those that have an order. */
    private final Set<Entry> ordered = new HashSet<>();

    private final Map<String, Session> sessions = new HashMap<>();

    private boolean dirty = true;

    /** @throws IOException if the ledger cannot be read */
    Desk(Supplier<Planner> planners, Ledger ledger, InstantSource clock, LongSupplier nanos, Limits limits)
            throws IOException {
        this.planners = planners;
        this.ledger = ledger;
        this.clock = clock;
        this.nanos = nanos;
        this.limits = limits;
        planner = planners.get();
        tellConditions(Set.of());
        ledger.resume(arrival -> {
            String peer = Peers.peerOf(arrival.run().id().origin());
            add(new Entry(peer, arrival.run(), arrival.arrived()));
        });
    }

    Planner planner() {
        return planner;
    }

    Limits limits() {
        return limits;
    }

    /** The driver has something to do. */
    void change() {
        dirty = true;
        notifyAll();
    }

    /** Whether there was a change since it was asked last. */
    boolean takeChange() {
        boolean was = dirty;
        dirty = false;
        return was;
    }

    void limit(Limits limits) {
        Set<String> before = this.limits.clients().keySet();
        this.limits = limits;
        tellConditions(before);
        change();
    }

    private void tellConditions(Set<String> before) {
        planner.conditions(limits.center());
        Set<String> origins = new HashSet<>(before);
        origins.addAll(limits.clients().keySet());
        entries.keySet().forEach(run -> origins.add(run.origin()));
        origins.forEach(origin -> planner.conditions(origin, limits.closest(origin)));
    }

    /** The planner's time; begins anew with another planner where the clock was set back far. */
    Instant now() {
        Instant now = clock.instant();
        if (now.isBefore(planned.minus(Duration.ofMinutes(1)))) {
            planned = now;
            replan();
        }
        planned = now.isBefore(planned) ? planned : now;
        return planned;
    }

    private void replan() {
        List.copyOf(ordered).forEach(entry -> endOrder(entry, "the clock was set back"));
        planner = planners.get();
        tellConditions(Set.of());
        for (Entry entry : entries.values()) {
            if (entry.present) {
                tell(entry);
            }
        }
        sessions.values().stream().filter(session -> session.reachable).forEach(this::tellReachable);
    }

    private void tell(Entry entry) {
        String origin = entry.run.id().origin();
        Conditions own = limits.closest(origin);
        if (own != null) {
            planner.conditions(origin, own);
        }
        planner.announce(entry.run, entry.arrived, entry.remaining());
        if (entry.forced) {
            planner.force(entry.run.id());
        }
        Session session = sessions.get(entry.peer);
        planner.heard(origin, session != null && session.reachable);
    }

    Session session(String peer) {
        return sessions.computeIfAbsent(peer, Session::new);
    }

    Session sessionOf(RunId run) {
        return session(Peers.peerOf(run.origin()));
    }

    Collection<Session> sessions() {
        return sessions.values();
    }

    void reachable(Session session, boolean reachable) {
        if (session.reachable != reachable) {
            session.reachable = reachable;
            tellReachable(session);
            change();
        }
    }

    private void tellReachable(Session session) {
        for (RunId run : runs.getOrDefault(session.peer, Set.of())) {
            planner.heard(run.origin(), session.reachable);
        }
    }

    Entry entry(RunId run) {
        return entries.get(run);
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** Those that have an order; a copy. */
    List<Entry> ordered() {
        return List.copyOf(ordered);
    }

    private void add(Entry entry) {
        entries.put(entry.run.id(), entry);
        runs.computeIfAbsent(entry.peer, peer -> new HashSet<>()).add(entry.run.id());
    }

    /**
     * A run is announced that can be received. Of one that takes the number of another one that is just being received nothing is entered
     * before that has ended.
     */
    void announce(String peer, RunInfo run, long frames) {
        Entry entry = entries.get(run.id());
        if (entry != null && !entry.isOf(run)) {
            if (entry.reception != null) {
                endOrder(entry, "its sender has another run of this number now");
                return;
            }
            drop(entry, "its sender has another run of this number now");
            entry = null;
        }
        if (entry == null) {
            entry = new Entry(peer, run, clock.instant());
            add(entry);
            ledger.arrived(run, entry.arrived);
        } else if ((entry.present && entry.run.equals(run)) || entry.reception != null) {
            // How much of it is here is known from its last transfer, which may have ended since the store was asked.
            return;
        }
        entry.run = run;
        entry.frames = frames;
        entry.present = true;
        tell(entry);
        change();
    }

    /** Forgets what a member has announced before, and does not any more. */
    void retain(String peer, Set<RunId> announced) {
        for (RunId run : List.copyOf(runs.getOrDefault(peer, Set.of()))) {
            Entry entry = entries.get(run);
            if (!announced.contains(run) && entry.reception == null) {
                drop(entry, "its sender does not have it any more");
            }
        }
    }

    /** A request is done, or there is none any more. */
    void drop(Entry entry, String why) {
        RunId run = entry.run.id();
        endOrder(entry, why);
        entries.remove(run);
        Set<RunId> of = runs.get(entry.peer);
        of.remove(run);
        if (of.isEmpty()) {
            runs.remove(entry.peer);
        }
        planner.remove(run);
        ledger.gone(run);
        change();
    }

    void done(Entry entry) {
        ledger.done(entry.run, entry.arrived, clock.instant());
        drop(entry, "it is complete");
    }

    void order(Entry entry, Order order) {
        entry.order = order;
        entry.why = null;
        ordered.add(entry);
        session(entry.peer).news = true;
    }

    /** @param why a sentence; a transfer that follows the order sees it, and ends */
    void endOrder(Entry entry, String why) {
        if (entry.order != null) {
            entry.order.end(why);
            entry.order = null;
            entry.why = why;
            ordered.remove(entry);
            session(entry.peer).news = true;
        }
    }

    /** Takes an order back that did not lead to anything, and waits before the next one. */
    void giveUp(Entry entry, String why) {
        endOrder(entry, why);
        entry.failures++;
        int doublings = Math.min(MAX_DOUBLINGS, entry.failures - 1);
        Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
        planner.stopped(
                entry.run.id(), entry.remaining(), now().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
        change();
    }

    /** Lets a request wait for its windows again. */
    void unforce(RunId run) {
        Entry entry = entries.get(run);
        if (entry != null && entry.forced) {
            entry.forced = false;
            endOrder(entry, "it is not to be collected at once any more");
            planner.remove(run);
            if (entry.present) {
                tell(entry);
            }
            change();
        }
    }

    /** Takes everything of a member away: it is none any more. @return transfers that have to be ended */
    List<Reception> expel(String peer, String why) {
        List<Reception> ended = new ArrayList<>();
        for (RunId run : List.copyOf(runs.getOrDefault(peer, Set.of()))) {
            Entry entry = entries.get(run);
            if (entry.reception != null) {
                ended.add(entry.reception);
            }
            drop(entry, why);
        }
        sessions.remove(peer);
        return ended;
    }

    /** What is ordered of a member. */
    List<PollReply.Order> orders(String peer) {
        List<PollReply.Order> orders = new ArrayList<>();
        for (Entry entry : ordered) {
            if (entry.peer.equals(peer)) {
                orders.add(told(entry));
            }
        }
        return orders;
    }

    private PollReply.Order told(Entry entry) {
        Order order = entry.order;
        order.told = nanos.getAsLong();
        Instant end = clock.instant().plus(TOLD_AHEAD);
        long rate = order.bytesPerSecond() == Pacer.UNLIMITED ? 0 : order.bytesPerSecond();
        return new PollReply.Order(
                entry.run.id(),
                entry.frames,
                rate,
                order.until().isBefore(end) ? order.until() : end,
                order.forced || entry.run.finish());
    }

    /** Answers the member's poll, if one waits. */
    void answer(Session session) {
        if (session.waiter != null) {
            Waiter waiter = session.waiter;
            session.waiter = null;
            session.heardNanos = nanos.getAsLong();
            waiter.reply(session.reply(orders(session.peer)));
        }
    }

    /** Another poll takes the place of the one that waits, if one does. */
    void supersede(Session session) {
        if (session.waiter != null) {
            Waiter waiter = session.waiter;
            session.waiter = null;
            waiter.reply(session.unheard(orders(session.peer)));
        }
    }
}
