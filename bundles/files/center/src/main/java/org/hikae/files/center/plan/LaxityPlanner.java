package org.hikae.files.center.plan;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Conditions;

/**
 * Least laxity with pausing (R24): what is promised to be kept begins in the order of the latest times at which it has to, and whatever has more
 * time stands back for it. No more is promised than is possible. What has missed several windows has a part of the time for itself, and
 * the one that has missed the most goes first, so that nobody starves.
 *
 * <p>An event takes O(log n), and a look O(log n) for each line that is placed anew, and as many steps as there are transfers at once. Where many
 * lines have to be placed, since many windows open or many clients come back at the same time, it is done in several looks, one right after the
 * other, and what can wait begins after the last of them.
 */
public final class LaxityPlanner implements Planner {
    private static final int ANY = -1;

    private final State state;
    private final Promises promises;
    private final Places places;
    private final Transfers transfers;
    private final Book book;
    private final ArrayDeque<Terms> sweeping = new ArrayDeque<>();
    private final long quantum;
    private boolean centerChanged = true;
    private long lastLimit;
    private long nextReview = Long.MIN_VALUE;

    public LaxityPlanner(Settings settings) {
        state = new State(settings);
        promises = new Promises(state);
        places = new Places(state, promises);
        transfers = new Transfers(state, places, promises);
        book = new Book(state, places, transfers);
        quantum = settings.quantum().toMillis();
    }

    private LaxityPlanner(LaxityPlanner other) {
        state = other.state.copy();
        promises = new Promises(state, other.promises);
        places = new Places(state, promises);
        transfers = new Transfers(state, places, promises, other.transfers);
        book = new Book(state, places, transfers);
        quantum = other.quantum;
        for (Terms terms : other.sweeping) {
            boolean used = other.state.terms.get(terms.number) == terms;
            if (used) {
                sweeping.add(state.terms.get(terms.number));
            }
        }
        centerChanged = other.centerChanged;
        lastLimit = other.lastLimit;
        nextReview = other.nextReview;
    }

    /** What goes on here changes nothing there. */
    LaxityPlanner copy() {
        return new LaxityPlanner(this);
    }

    State state() {
        return state;
    }

    Book book() {
        return book;
    }

    @Override
    public void conditions(Conditions center) {
        state.center(Limits.of(center), !center.rates().isEmpty());
        centerChanged = true;
    }

    @Override
    public void conditions(String origin, Conditions own) {
        int number = own == null ? state.origins.find(origin) : state.origins.findOrAdd(origin);
        if (number >= 0) {
            book.ownConditions(number, own == null ? null : Limits.of(own));
        }
    }

    @Override
    public void hold(Hold hold, String why) {
        state.hold = hold;
        state.holdWhy = why;
    }

    @Override
    public void announce(RunInfo run, Instant arrived, long remaining) {
        book.announce(run.id(), run.window(), run.finish(), arrived.toEpochMilli(), Math.max(1, remaining));
    }

    @Override
    public void heard(String origin, boolean reachable) {
        int number = reachable ? state.origins.findOrAdd(origin) : state.origins.find(origin);
        if (number >= 0 && state.origins.reachable[number] != reachable) {
            state.origins.reachable[number] = reachable;
            state.touchOrigin(number);
        }
    }

    @Override
    public void forget(String origin) {
        book.forget(origin);
    }

    @Override
    public void progress(RunId run, long remaining, long bytesPerSecond) {
        int line = book.findHead(run);
        if (line < 0) {
            return;
        }
        state.left(line, Math.max(1, remaining));
        if (!state.isRunning(line)) {
            state.touch(line);
            return;
        }
        Transfer transfer = state.transferOf(line);
        state.fresh.add(transfer);
        if (bytesPerSecond > 0) {
            state.measured(state.lines.origin[line], bytesPerSecond, transfer.rate);
        }
    }

    @Override
    public void stopped(RunId run, long remaining, Instant notBefore) {
        int line = book.findHead(run);
        if (line < 0) {
            return;
        }
        state.left(line, Math.max(1, remaining));
        if (state.isRunning(line)) {
            transfers.end(state.transferOf(line));
            book.hadItsTurn(line);
        }
        state.lines.notBefore[line] = notBefore == null ? Long.MIN_VALUE : notBefore.toEpochMilli();
        state.touch(line);
    }

    @Override
    public void remove(RunId run) {
        book.remove(run);
    }

    @Override
    public void force(RunId run) {
        book.force(run);
    }

    @Override
    public Decisions decide(Instant at) {
        state.now = Math.max(state.now, at.toEpochMilli());
        places.beginLook();
        look();
        if (state.hold == Hold.ALL) {
            transfers.keepWithin(0, state.holdWhy);
        }
        transfers.keepWithin(state.center.transfers(), "The center allows fewer transfers than before");
        if (state.hold == Hold.NONE) {
            places.age();
            takeTurnsWithin();
            beginUrgent();
            if (isSettled()) {
                beginMore();
            }
        }
        transfers.share();
        List<Decision> list = transfers.tell();
        return new Decisions(list, Decision.time(next()));
    }

    /** Takes in what has happened, and what has changed with time. */
    private void look() {
        state.fresh.forEach(transfer -> transfer.asOf = state.now);
        state.fresh.clear();
        state.time.advance(state.now);
        if (state.isBandwidthLimited) {
            state.bytes.advance(state.now);
        }
        if (state.limit() != lastLimit) {
            lastLimit = state.limit();
            transfers.ratesChanged();
        }
        if (centerChanged) {
            centerChanged = false;
            state.terms.refreshAll(state.now, state.center, this::changed);
        }
        book.settle();
        state.terms.advance(state.now, state.center, this::changed);
        sweep();
        Heap parked = state.queue(Queue.PARKED);
        while (places.isLookLeft() && parked.topKey() <= state.now) {
            places.place(parked.top());
        }
        if (state.now >= nextReview) {
            nextReview = state.now + quantum;
            transfers.review();
            places.promiseMore();
        }
        book.settle();
    }

    private void changed(Terms terms) {
        transfers.check(terms);
        terms.cursor = terms.firstLine;
        if (terms.swept) {
            terms.swept = false;
            sweeping.add(terms);
        }
    }

    /** Places lines whose terms have changed. */
    private void sweep() {
        while (places.isLookLeft() && !sweeping.isEmpty()) {
            Terms terms = sweeping.peek();
            while (places.isLookLeft() && terms.cursor >= 0) {
                int line = terms.cursor;
                terms.cursor = state.lines.nextOfTerms[line];
                if (!state.isRunning(line)) {
                    places.place(line);
                }
            }
            if (terms.cursor < 0) {
                terms.swept = true;
                sweeping.poll();
            }
        }
    }

    /** Within an origin, what cannot wait any longer takes the place of what has more time, or cannot be kept. */
    private void takeTurnsWithin() {
        Heap behind = state.queue(Queue.BEHIND);
        while (places.isLookLeft() && behind.topKey() <= state.now + quantum) {
            int line = behind.top();
            if (!isOpen(line) || behind.topKey() < state.now) {
                places.place(line);
                if (behind.top() == line) {
                    return;
                }
                continue;
            }
            Transfer last = transfers.last(Transfers.PROMISED, behind.topKey(), quantum, state.lines.origin[line]);
            if (last == null) {
                return;
            }
            transfers.pause(last, "Another backup of the same client is more urgent");
            places.place(line);
        }
    }

    /** Begins what cannot wait any longer, though something else has to stand still for it. */
    private void beginUrgent() {
        for (Queue queue = urgent(); places.isLookLeft() && queue != null; queue = urgent()) {
            int line = state.queue(queue).top();
            if (!isReady(line)) {
                places.place(line);
            } else if (transfers.isFree() && transfers.hasRoom(line)) {
                transfers.begin(line, queue);
            } else {
                long key = state.queue(queue).topKey();
                Transfer last = transfers.last(rank(queue), key, quantum, ANY);
                if (last == null) {
                    return;
                }
                transfers.pause(last, "Others are more urgent");
            }
        }
    }

    private Queue urgent() {
        if (state.queue(Queue.FORCED).size() > 0) {
            return Queue.FORCED;
        } else if (isOverdueNext()) {
            return Queue.OVERDUE;
        }
        return state.queue(Queue.PROMISED).topKey() <= state.now + quantum ? Queue.PROMISED : null;
    }

    private static int rank(Queue queue) {
        return switch (queue) {
            case FORCED -> Transfers.FORCED;
            case OVERDUE -> Transfers.OVERDUE;
            case AGED -> Transfers.AGED;
            case PROMISED, BEHIND -> Transfers.PROMISED;
            case SPARE, LATE, ANYTIME, PARKED -> Transfers.LEFT_OVER;
        };
    }

    /** One at a time goes before all others. */
    private boolean isOverdueNext() {
        return state.queue(Queue.OVERDUE).size() > 0
                && state.running.stream().noneMatch(transfer -> transfer.from == Queue.OVERDUE);
    }

    private void beginMore() {
        while (places.isLookLeft() && transfers.isFree()) {
            Queue queue = first();
            int line = queue == null ? -1 : state.queue(queue).top();
            if (line < 0) {
                return;
            } else if (!isReady(line)) {
                places.place(line);
            } else if (transfers.hasRoom(line)) {
                transfers.begin(line, queue == Queue.OVERDUE && !isOverdueNext() ? Queue.AGED : queue);
            } else {
                return;
            }
        }
    }

    /** From where the next one begins; null: nothing waits. */
    private Queue first() {
        Queue aged = has(Queue.OVERDUE) ? Queue.OVERDUE : has(Queue.AGED) ? Queue.AGED : null;
        if (has(Queue.FORCED)) {
            return Queue.FORCED;
        } else if (isOverdueNext() || aged != null && state.mayAgedGoFirst()) {
            return aged;
        } else if (has(Queue.PROMISED)) {
            return Queue.PROMISED;
        } else if (aged != null) {
            return aged;
        } else if (has(Queue.SPARE)) {
            return Queue.SPARE;
        }
        Heap late = state.queue(Queue.LATE);
        Heap anytime = state.queue(Queue.ANYTIME);
        if (late.size() == 0 && anytime.size() == 0) {
            return null;
        }
        return late.topKey() <= anytime.topKey() ? Queue.LATE : Queue.ANYTIME;
    }

    private boolean has(Queue queue) {
        return state.queue(queue).size() > 0;
    }

    /** Whether things still stand as when the line was put where it is. */
    private boolean isReady(int line) {
        Lines lines = state.lines;
        Terms terms = state.termsOf(line);
        if (!isOpen(line) || state.origins.isBusy(lines.origin[line])) {
            return false;
        }
        boolean reckoned = lines.queue[line] == Queue.PROMISED || lines.queue[line] == Queue.SPARE;
        int head = lines.head[line];
        return !reckoned
                || state.requests.finish[head]
                || terms.latestStart(State.work(state.requests.remaining[head], state.need(line))) >= state.now;
    }

    private boolean isOpen(int line) {
        return state.termsOf(line).isOpen() && state.origins.reachable[state.lines.origin[line]];
    }

    /** Whether all that had to be placed was, in this look. */
    private boolean isSettled() {
        return places.isLookLeft() && sweeping.isEmpty() && state.dirty.isEmpty();
    }

    private long next() {
        if (!isSettled()) {
            return state.now;
        }
        long next = Math.min(state.terms.nextChange(), state.queue(Queue.PARKED).topKey());
        if (state.isBandwidthLimited) {
            next = Math.min(next, state.center.rates().until(state.now));
        }
        boolean waiting = state.queues.entrySet().stream()
                .anyMatch(queue ->
                        queue.getKey() != Queue.PARKED && queue.getValue().size() > 0);
        if (waiting || !state.running.isEmpty()) {
            next = Math.min(next, nextReview);
        }
        long urgent = Math.min(
                state.queue(Queue.PROMISED).topKey(), state.queue(Queue.BEHIND).topKey());
        return urgent == Hours.NEVER || urgent - quantum <= state.now ? next : Math.min(next, urgent - quantum);
    }

    @Override
    public Forecast forecast() {
        return new LookAhead(copy());
    }
}
