package org.hikae.files.center.collect;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.PollRequest;

/** What is known of a member that polls. Guarded by the desk. */
final class Session {

    private static final int REMEMBERED = 32;

    final String peer;
    /** When it was last heard, by a clock that nobody sets. */
    long heardNanos;
    /** The same by the clock. */
    Instant heard;
    /** Whether the planner takes it for reachable. */
    boolean reachable;
    /** Its poll; null: none waits. */
    Waiter waiter;
    /** Whether there is something that its next answer has not to wait for. */
    boolean news;

    /** Relays that its runs come through, as it said last. */
    List<UUID> route = List.of();

    /** When it said so, by a clock that nobody sets. */
    long routeNanos;

    private UUID incarnation;
    private long sequence;
    /** Incarnations that were over: an old request comes to nothing. */
    private final Deque<UUID> former = new ArrayDeque<>();

    /** What its last announcement came to. */
    private Map<RunId, PollReply.Receipt> receipts = new LinkedHashMap<>();

    private Set<PollReply.Full> full = new HashSet<>();
    private Map<RunId, PollReply.Problem> problems = new LinkedHashMap<>();

    /** What is known of the runs that it has asked for. */
    private List<Confirmation> confirmed = List.of();

    /** Whether that became known after its last poll had asked for it. */
    boolean confirmedLater;

    /** What of that it was told. */
    private final Map<RunId, PollReply.Receipt> toldReceipts = new HashMap<>();

    private final Set<PollReply.Full> toldFull = new HashSet<>();
    private final Map<RunId, PollReply.Problem> toldProblems = new HashMap<>();
    private Set<Confirmation> toldConfirmed = Set.of();

    Session(String peer) {
        this.peer = peer;
    }

    /**
     * @return whether it is the first one of another incarnation
     * @throws Refusal.Refused if it is none that comes after those before
     */
    boolean accept(PollRequest request) throws Refusal.Refused {
        boolean same = request.incarnation().equals(incarnation);
        if ((same && request.sequence() <= sequence) || former.contains(request.incarnation())) {
            throw Refusal.conflict(ErrorReply.INVALID, "this poll was sent before, or is older than one that was");
        }
        if (!same) {
            if (incarnation != null) {
                former.addLast(incarnation);
            }
            if (former.size() > REMEMBERED) {
                former.removeFirst();
            }
            incarnation = request.incarnation();
            forgetTold();
        }
        sequence = request.sequence();
        confirmedLater = false;
        return !same;
    }

    /** Everything is told again. */
    void forgetTold() {
        toldReceipts.clear();
        toldFull.clear();
        toldProblems.clear();
        toldConfirmed = Set.of();
    }

    boolean isCurrent(PollRequest request) {
        return request.incarnation().equals(incarnation) && request.sequence() == sequence;
    }

    /** What an announcement comes to, in place of the last one's. */
    void say(Map<RunId, PollReply.Receipt> receipts, Set<PollReply.Full> full, Map<RunId, PollReply.Problem> problems) {
        this.receipts = receipts;
        this.full = full;
        this.problems = problems;
        toldReceipts.keySet().retainAll(receipts.keySet());
        toldFull.retainAll(full);
        toldProblems.keySet().retainAll(problems.keySet());
        news |= !toldReceipts.equals(receipts) || !toldFull.equals(full) || !toldProblems.equals(problems);
    }

    /** What is known of the runs that it has asked for, in place of what was. Others than before are news only if something is known of them. */
    void confirm(List<Confirmation> known) {
        confirmed = known;
        news |= known.stream()
                .anyMatch(each -> !toldConfirmed.contains(each) && !each.equals(Confirmation.none(each.run())));
    }

    /** More has become durable of a run that it has announced. */
    void received(PollReply.Receipt receipt) {
        receipts.put(receipt.run(), receipt);
        news = true;
    }

    void wantFull(PollReply.Full wanted) {
        full.add(wanted);
        news = true;
    }

    void problem(PollReply.Problem problem) {
        problems.put(problem.run(), problem);
        news = true;
    }

    PollReply reply(List<PollReply.Order> orders) {
        toldReceipts.putAll(receipts);
        toldFull.addAll(full);
        toldProblems.putAll(problems);
        toldConfirmed = Set.copyOf(confirmed);
        news = false;
        return unheard(orders);
    }

    /** The same to somebody who may not be listening any more: it is told again. */
    PollReply unheard(List<PollReply.Order> orders) {
        return new PollReply(
                orders,
                List.copyOf(receipts.values()),
                List.copyOf(full),
                List.copyOf(problems.values()),
                0,
                confirmed);
    }
}
