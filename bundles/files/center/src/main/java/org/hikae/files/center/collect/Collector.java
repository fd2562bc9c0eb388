package org.hikae.files.center.collect;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.center.Transfer;
import org.hikae.files.center.authority.Peers;
import org.hikae.files.center.authority.RefusedException;
import org.hikae.files.center.plan.Planner;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.PollRequest;

/**
 * Collects (e.3 to e.5): keeps the collection table, tells the planner what happens, and does what it decides. It trusts neither the
 * senders nor the planner to keep to limits (I7): each transfer looks for itself. Thread-safe: what changes is guarded by the desk;
 * storage is asked, and transfers received, without it.
 */
public final class Collector implements Closeable {

    /** How long it counts through which relays a member hands on: longer than any of them is silent. */
    private static final Duration ROUTE_HOLDS = Duration.ofHours(1);

    private static final int RETRY_AFTER_STOP = 5;

    private final UUID id;
    private final CenterStore store;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Desk desk;
    private final Transfers transfers;
    private final Driver driver;
    private final RequestList list;
    private final Confirming confirming;

    /** What a collector works with. */
    public record Parts(
            CenterStore store,
            Supplier<Planner> planners,
            Ledger ledger,
            Health health,
            Confirming confirming,
            InstantSource clock,
            LongSupplier nanos) {}

    /**
     * @param id of this center
     * @param parts its clock of nanoseconds is one that nobody sets
     * @throws IOException if the ledger cannot be read
     */
    public Collector(UUID id, Parts parts, Limits limits) throws IOException {
        this.id = id;
        store = parts.store();
        confirming = parts.confirming();
        nanos = parts.nanos();
        clock = parts.clock();
        desk = new Desk(parts.planners(), parts.ledger(), clock, nanos, limits);
        transfers = new Transfers(desk, store, parts.ledger(), clock, nanos);
        driver = new Driver(desk, transfers, parts.health(), clock, nanos);
        list = new RequestList(desk, clock);
    }

    /** Begins to decide. */
    public void start() {
        driver.start();
    }

    /**
     * A member announces what waits, and waits for orders.
     *
     * @throws RefusedException if it speaks for others than its own
     * @throws Refusal.Refused if the poll makes no sense here: then the waiter is never called
     * @throws IOException if the tables cannot be read
     */
    public void poll(String peer, PollRequest request, Waiter waiter)
            throws RefusedException, Refusal.Refused, IOException {
        note(peer, request.route());
        if (request.route().contains(id)) {
            throw Refusal.conflict(
                    ErrorReply.LOOP,
                    "what this center hands on comes back to it: there is a loop in the relays' upstreams");
        }
        Set<RunId> announced = new HashSet<>();
        for (RunInfo run : request.runs()) {
            Peers.checkSpeaksFor(peer, run.id().origin());
            if (!announced.add(run.id())) {
                throw Refusal.conflict(ErrorReply.INVALID, "run " + run.id() + " is announced twice");
            }
        }
        for (RunKey run : request.asked()) {
            Peers.checkSpeaksFor(peer, run.run().origin());
        }
        Announcement announcement = Announcement.of(peer, request.runs(), begin(peer, request), store, clock.instant());
        List<Confirmation> confirmed = confirming.of(peer, request.asked(), more -> confirmed(peer, request, more));
        synchronized (desk) {
            Session session = desk.session(peer);
            if (!session.isCurrent(request) || driver.isClosed()) {
                throw Refusal.unavailable("this poll was overtaken by another one", 1);
            }
            announcement.enter(desk, session, announced, request.more());
            if (!session.confirmedLater) {
                session.confirm(confirmed);
            }
            session.waiter = waiter;
            desk.reachable(session, true);
            desk.change();
            if (session.news) {
                desk.answer(session);
            }
        }
    }

    /** More is known of what a poll has asked for. */
    private void confirmed(String peer, PollRequest request, List<Confirmation> more) {
        synchronized (desk) {
            Session session = desk.session(peer);
            if (session.isCurrent(request)) {
                session.confirm(more);
                session.confirmedLater = true;
                if (session.news) {
                    desk.answer(session);
                }
            }
        }
    }

    /** Also of one that is refused: who is above learns of it all the same, whichever of a loop's relays was the first to notice. */
    private void note(String peer, List<UUID> route) {
        synchronized (desk) {
            Session session = desk.session(peer);
            session.route = route;
            session.routeNanos = nanos.getAsLong();
        }
    }

    /** Ids of this center, first, and of the relays that hand on to it, and of those below them. */
    public List<UUID> route() {
        Set<UUID> ids = new LinkedHashSet<>(Set.of(id));
        synchronized (desk) {
            long now = nanos.getAsLong();
            for (Session session : desk.sessions()) {
                if (now - session.routeNanos < ROUTE_HOLDS.toNanos()) {
                    ids.addAll(session.route);
                }
            }
        }
        return ids.stream().limit(PollRequest.MAX_ROUTE).toList();
    }

    /** @return frames that are here of runs that need not be looked at again */
    private Map<RunId, Long> begin(String peer, PollRequest request) throws Refusal.Refused {
        synchronized (desk) {
            Session session = desk.session(peer);
            boolean anew = session.accept(request);
            session.heard = clock.instant();
            session.heardNanos = nanos.getAsLong();
            desk.supersede(session);
            session.news |= anew && !desk.orders(peer).isEmpty();
            Map<RunId, Long> known = new HashMap<>();
            for (RunInfo run : request.runs()) {
                Entry entry = desk.entry(run.id());
                if (entry != null && entry.present && entry.run.equals(run)) {
                    known.put(run.id(), entry.frames);
                }
            }
            return known;
        }
    }

    /** A poll has waited long enough. */
    public void expire(String peer, Waiter waiter) {
        synchronized (desk) {
            Session session = desk.session(peer);
            if (session.waiter == waiter) {
                desk.answer(session);
            }
        }
    }

    /** The last answer to a member could not be sent. */
    public void lost(String peer) {
        synchronized (desk) {
            desk.session(peer).forgetTold();
            desk.session(peer).news = true;
        }
    }

    /** Highest number of a run that is announced, by backup. */
    public Map<String, Long> lastAnnounced(String origin) {
        synchronized (desk) {
            Map<String, Long> last = new HashMap<>();
            for (Entry entry : desk.entries()) {
                RunId run = entry.run.id();
                if (run.origin().equals(origin)) {
                    last.merge(run.backup(), run.number(), Math::max);
                }
            }
            return last;
        }
    }

    /**
     * Receives frames of a run.
     *
     * @param from number of the first one
     * @throws RefusedException if the run is another's
     * @throws Refusal.Refused if no order for it is in force, or it cannot be received now: nothing was read
     */
    public Received receive(String peer, RunId run, long from, String address, InputStream in)
            throws RefusedException, Refusal.Refused {
        Peers.checkSpeaksFor(peer, run.origin());
        return transfers.receive(peer, run, from, address, in);
    }

    /** What conditions hold from now on. */
    public void limit(Limits limits) {
        synchronized (desk) {
            desk.limit(limits);
        }
    }

    /** Ends all that a member does here. */
    public void expel(String peer) {
        List<Reception> ended;
        Waiter waiter;
        synchronized (desk) {
            waiter = desk.session(peer).waiter;
            ended = desk.expel(peer, "its certificate is not accepted any more");
        }
        if (waiter != null) {
            waiter.refuse(new Refusal(
                    403, new ErrorReply(ErrorReply.REVOKED, "the certificate is not accepted any more"), 0));
        }
        ended.forEach(reception -> transfers.expire(reception, "the certificate is not accepted any more"));
    }

    /** Lets all who wait announce again what they have. */
    void refresh() {
        synchronized (desk) {
            List.copyOf(desk.sessions()).forEach(desk::answer);
        }
    }

    /** Takes all that wait, whatever the windows say. @return their runs, and bytes still to come of each */
    Map<RunId, Long> force() {
        synchronized (desk) {
            Map<RunId, Long> forced = new HashMap<>();
            for (Entry entry : desk.entries()) {
                entry.forced = true;
                desk.planner().force(entry.run.id());
                forced.put(entry.run.id(), entry.remaining());
            }
            desk.change();
            return forced;
        }
    }

    /** Lets these wait for their windows again. */
    void unforce(Set<RunId> all) {
        synchronized (desk) {
            all.forEach(desk::unforce);
        }
    }

    /** Those of these runs that are not here yet, and whether their sender can be reached. */
    Map<RunId, Remaining> remaining(Set<RunId> all) {
        synchronized (desk) {
            Map<RunId, Remaining> left = new HashMap<>();
            for (RunId run : all) {
                Entry entry = desk.entry(run);
                if (entry != null) {
                    boolean reachable = desk.sessionOf(run).reachable || entry.reception != null;
                    left.put(run, new Remaining(entry.remaining(), reachable, entry.failures, entry.why));
                }
            }
            return left;
        }
    }

    /** @param why it was not sent last; null: no reason */
    record Remaining(long bytes, boolean reachable, int failures, String why) {}

    /** Sequence of what is waited for: whether all who can be reached have a poll waiting. */
    boolean allWait() {
        synchronized (desk) {
            return desk.sessions().stream().allMatch(session -> !session.reachable || session.waiter != null);
        }
    }

    public RequestList requests() {
        return list;
    }

    /** Transfers that go on now. */
    public List<Transfer> transfers() {
        return transfers.running();
    }

    /** Received in the last ten seconds, on average. */
    public long bytesPerSecond() {
        return transfers.bytesPerSecond();
    }

    /** When each member that has polled was heard last. */
    public Map<String, Instant> heard() {
        synchronized (desk) {
            Map<String, Instant> heard = new HashMap<>();
            desk.sessions().forEach(session -> heard.put(session.peer, session.heard));
            heard.values().removeIf(java.util.Objects::isNull);
            return heard;
        }
    }

    /** What is wrong, a sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(store.problems());
        driver.problem().ifPresent(problems::add);
        transfers.problem().ifPresent(problems::add);
        return problems;
    }

    /** Ends all transfers with what they have, and refuses who waits. Idempotent. */
    @Override
    public void close() {
        driver.close();
        List<Waiter> waiters = new ArrayList<>();
        synchronized (desk) {
            for (Session session : desk.sessions()) {
                if (session.waiter != null) {
                    waiters.add(session.waiter);
                    session.waiter = null;
                }
            }
        }
        Refusal refusal =
                Refusal.unavailable("the center stops", RETRY_AFTER_STOP).refusal();
        waiters.forEach(waiter -> waiter.refuse(refusal));
        transfers.close();
    }
}
