package org.hikae.files.center.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What runs: begins and ends it within the limits, and tells what has changed since the last time. */
final class Transfers {
    /** Not less than this part of what a transfer makes use of is worth a transfer. */
    private static final int LEAST_PART = 16;

    private static final long LEAST_RATE = 16 << 10;
    /** Rates rise by a tenth or not at all, lest each end of a transfer changes all others. */
    private static final double WORTH_TELLING = 1.1;

    /** What goes before what, while it runs. */
    static final int FORCED = 0;

    static final int OVERTIME = 1;
    static final int OVERDUE = 2;
    static final int AGED = 3;
    static final int PROMISED = 4;
    static final int LEFT_OVER = 5;

    private final State state;
    private final Lines lines;
    private final Places places;
    private final Promises promises;
    private final List<Decision> pauses = new ArrayList<>();
    /** Whether rates have to be shared out anew among all. */
    private boolean ratesChanged;
    /** Of which something may have to be told; what has ended since may be among them. */
    private final List<Transfer> news = new ArrayList<>();

    Transfers(State state, Places places, Promises promises) {
        this.state = state;
        this.places = places;
        this.promises = promises;
        lines = state.lines;
    }

    /** @param others of a planner whose state is copied */
    Transfers(State state, Places places, Promises promises, Transfers others) {
        this(state, places, promises);
        ratesChanged = others.ratesChanged;
        for (Transfer transfer : others.news) {
            if (others.state.isThere(transfer)) {
                news.add(state.transferOf(transfer.line));
            }
        }
    }

    void ratesChanged() {
        ratesChanged = true;
        state.running.forEach(this::note);
    }

    private void note(Transfer transfer) {
        if (!transfer.isNews) {
            transfer.isNews = true;
            news.add(transfer);
        }
    }

    /** What goes first; the less, the sooner. */
    int rank(Transfer transfer) {
        if (state.isForced(transfer.line)) {
            return FORCED;
        } else if (transfer.overtime) {
            return OVERTIME;
        }
        return switch (transfer.from) {
            case FORCED -> FORCED;
            case OVERDUE -> OVERDUE;
            case AGED -> state.mayAgedGoFirst() ? AGED : LEFT_OVER;
            case PROMISED -> promises.isKept(transfer.line) ? PROMISED : LEFT_OVER;
            case BEHIND, SPARE, LATE, ANYTIME, PARKED -> LEFT_OVER;
        };
    }

    /** When a running transfer would have to begin at the latest if it did not run. */
    long latestStart(Transfer transfer) {
        long work = State.work(state.remaining(transfer), state.need(transfer.line));
        return state.termsOf(transfer.line).latestStart((long) (work * state.settings.margin()));
    }

    /** @param line that waits somewhere */
    void begin(int line, Queue from) {
        boolean kept = promises.isKept(line);
        Terms terms = state.termsOf(line);
        places.takeOut(line);
        Transfer transfer = new Transfer(line, kept ? Queue.PROMISED : from, state.now);
        lines.running[line] = state.running.size();
        state.running.add(transfer);
        state.origins.running[lines.origin[line]]++;
        terms.running++;
        transfer.wanted = Math.min(state.need(line), Math.max(1, freeRate()));
        transfer.rate = transfer.wanted;
        transfer.until = until(transfer, terms);
        promiseAgain(transfer, kept);
        note(transfer);
        shareWithin(lines.origin[line]);
    }

    /** What an origin's conditions allow is shared among its transfers, of which there are more or fewer now. */
    private void shareWithin(int origin) {
        ratesChanged = true;
        if (state.origins.running[origin] > 0) {
            for (int line = state.origins.firstLine[origin]; line >= 0; line = lines.nextOfOrigin[line]) {
                if (state.isRunning(line)) {
                    note(state.transferOf(line));
                }
            }
        }
    }

    private long until(Transfer transfer, Terms terms) {
        int head = lines.head[transfer.line];
        if (state.requests.forced[head]) {
            return Hours.NEVER;
        }
        return state.requests.finish[head] || transfer.overtime
                ? terms.finishUntil(state.now, state.center)
                : terms.openUntil(state.now);
    }

    /** Renews what is reckoned for a transfer. @param kept whether its window is promised to be kept */
    private void promiseAgain(Transfer transfer, boolean kept) {
        int line = transfer.line;
        promises.takeBack(line);
        long bytes = state.remaining(transfer);
        long work = State.work(bytes, state.need(line));
        if (transfer.from == Queue.PROMISED) {
            Terms terms = state.termsOf(line);
            boolean possible = terms.isOpen() && terms.hasDeadline() && kept;
            if (possible && lasts(transfer, terms, work)) {
                promises.keep(line, Math.min(work, terms.lastUse() - state.now), bytes, terms.lastUse());
            } else {
                transfer.from = Queue.LATE;
            }
        } else if (rank(transfer) < PROMISED) {
            promises.reserve(line, work, bytes, state.now + work);
        }
    }

    private boolean lasts(Transfer transfer, Terms terms, long work) {
        return state.requests.finish[lines.head[transfer.line]]
                || terms.latestStart(work)
                        >= state.now - state.settings.quantum().toMillis();
    }

    /** What is reckoned for what runs, by how far it has come. */
    void review() {
        for (Transfer transfer : state.running) {
            promiseAgain(transfer, promises.isKept(transfer.line));
        }
        promises.balance(places::standBack);
        ratesChanged |= state.isBandwidthLimited;
    }

    /** Lets a transfer stand still. @param why a sentence */
    void pause(Transfer transfer, String why) {
        state.left(transfer.line, state.remaining(transfer));
        end(transfer);
        if (transfer.isTold) {
            int head = lines.head[transfer.line];
            pauses.add(new Decision(
                    state.requests.run[head],
                    Decision.Kind.PAUSE,
                    0,
                    Decision.time(state.now),
                    transfer.toldForced,
                    why));
        }
        places.place(transfer.line);
    }

    /** A transfer is not there any more. */
    void end(Transfer transfer) {
        int line = transfer.line;
        int at = lines.running[line];
        Transfer last = state.running.remove(state.running.size() - 1);
        if (last != transfer) {
            state.running.set(at, last);
            lines.running[last.line] = at;
        }
        lines.running[line] = Lines.NONE;
        promises.takeBack(line);
        int origin = lines.origin[line];
        state.origins.running[origin]--;
        if (lines.terms[line] >= 0) {
            state.termsOf(line).running--;
        }
        if (state.origins.blocked[origin] > 0) {
            unblock(origin);
        }
        shareWithin(origin);
    }

    private void unblock(int origin) {
        for (int line = state.origins.firstLine[origin]; line >= 0; line = lines.nextOfOrigin[line]) {
            if (lines.blocked[line]) {
                state.touch(line);
            }
        }
    }

    /** Lets a transfer stand still if its terms do not allow it any more, or notes how long they do. */
    void check(Transfer transfer) {
        Terms terms = state.termsOf(transfer.line);
        int head = lines.head[transfer.line];
        if (!terms.isOpen() && !(state.requests.finish[head] && terms.mayFinish())) {
            pause(transfer, "The time for it is over: " + terms.whatIsClosed(state.now, state.center));
            return;
        }
        transfer.overtime = !terms.isOpen();
        transfer.until = until(transfer, terms);
        ratesChanged = true;
        note(transfer);
    }

    void check(Terms terms) {
        for (int i = state.running.size() - 1; i >= 0 && terms.running > 0; i--) {
            Transfer transfer = state.running.get(i);
            if (lines.terms[transfer.line] == terms.number) {
                check(transfer);
            }
        }
    }

    /** Lets what goes last stand still until no more runs than is allowed. */
    void keepWithin(int transfers, String why) {
        while (state.running.size() > transfers) {
            pause(last(Integer.MIN_VALUE, Long.MIN_VALUE, 0, -1), why);
        }
    }

    /**
     * What would stand back first for something.
     *
     * @param rank of that
     * @param latestStart of that
     * @param least milliseconds that what is equal in rank has to have run, and to have more time than that
     * @param origin of which it is; negative: any
     * @return null: nothing stands back for it
     */
    Transfer last(int rank, long latestStart, long least, int origin) {
        Transfer last = null;
        int lastRank = 0;
        long lastStart = 0;
        for (Transfer transfer : state.running) {
            int its = rank(transfer);
            boolean asGood = its == rank && rank == PROMISED && state.now - transfer.started >= least;
            // What was begun at this very time stays, lest two take each other's place for ever.
            boolean begun = least > 0 && transfer.started == state.now;
            boolean other = origin >= 0 && lines.origin[transfer.line] != origin;
            if (begun || other || its < rank || its == rank && !asGood) {
                continue;
            }
            long start = latestStart(transfer);
            if (its == rank && start < latestStart + least) {
                continue;
            }
            if (last == null || its > lastRank || its == lastRank && start > lastStart) {
                last = transfer;
                lastRank = its;
                lastStart = start;
            }
        }
        return last;
    }

    boolean isFree() {
        return state.running.size() < state.center.transfers();
    }

    private long freeRate() {
        long limit = state.limit();
        if (limit == RateLimits.UNLIMITED) {
            return limit;
        }
        long used = 0;
        for (Transfer transfer : state.running) {
            used += Math.min(transfer.wanted, state.need(transfer.line));
        }
        return Math.max(0, limit - used);
    }

    /** Whether there is bandwidth for one more. */
    boolean hasRoom(int line) {
        return freeRate() >= leastRate(state.need(line));
    }

    private static long leastRate(long need) {
        return Math.max(1, Math.min(need, Math.max(need / LEAST_PART, LEAST_RATE)));
    }

    /** Shares out the bandwidth: to what goes first as much as it makes use of, then to all what is left, since they may be faster than thought. */
    void share() {
        long limit = state.limit();
        if (limit == RateLimits.UNLIMITED) {
            news.stream().filter(state::isThere).forEach(transfer -> transfer.wanted = state.ownLimit(transfer.line));
        } else if (ratesChanged) {
            share(limit);
            state.running.forEach(this::note);
        }
        ratesChanged = false;
    }

    private void share(long limit) {
        List<Ranked> order = new ArrayList<>(state.running.size());
        state.running.forEach(transfer -> order.add(new Ranked(transfer, rank(transfer), latestStart(transfer))));
        Collections.sort(order);
        long rest = limit;
        long total = 0;
        for (Ranked ranked : order) {
            Transfer transfer = ranked.transfer;
            long need = state.need(transfer.line);
            if (rest < leastRate(need)) {
                pause(transfer, "What is more urgent takes the bandwidth that the center allows");
                continue;
            }
            transfer.wanted = Math.min(need, rest);
            rest -= transfer.wanted;
            total += transfer.wanted;
        }
        double more = total == 0 ? 0 : (double) rest / total;
        for (Transfer transfer : state.running) {
            long raised = transfer.wanted + (long) (transfer.wanted * more);
            transfer.wanted = Math.min(state.ownLimit(transfer.line), raised);
        }
    }

    private record Ranked(Transfer transfer, int rank, long latestStart) implements Comparable<Ranked> {

        @Override
        public int compareTo(Ranked other) {
            return rank != other.rank
                    ? Integer.compare(rank, other.rank)
                    : Long.compare(latestStart, other.latestStart);
        }
    }

    /** What has changed since this was last asked, what takes away before what gives. */
    List<Decision> tell() {
        List<Decision> less = new ArrayList<>(pauses);
        List<Decision> more = new ArrayList<>();
        pauses.clear();
        for (Transfer transfer : news) {
            transfer.isNews = false;
            if (!state.isThere(transfer)) {
                continue;
            }
            boolean slower = transfer.wanted < transfer.rate;
            boolean faster = transfer.wanted > transfer.rate * WORTH_TELLING;
            boolean forced = state.isForced(transfer.line);
            boolean same = !slower && !faster && transfer.until == transfer.toldUntil && forced == transfer.toldForced;
            if (!transfer.isTold || !same) {
                (transfer.isTold && slower ? less : more).add(decision(transfer, forced, slower || faster));
            }
        }
        news.clear();
        less.addAll(more);
        return less;
    }

    private Decision decision(Transfer transfer, boolean forced, boolean otherRate) {
        Decision.Kind kind = transfer.isTold ? Decision.Kind.CHANGE : Decision.Kind.START;
        if (transfer.isTold && otherRate) {
            // What was sent until now was at the former rate.
            state.left(transfer.line, state.remaining(transfer));
            transfer.asOf = state.now;
        }
        if (!transfer.isTold || otherRate) {
            transfer.rate = transfer.wanted;
        }
        transfer.isTold = true;
        transfer.toldUntil = transfer.until;
        transfer.toldForced = forced;
        return new Decision(
                state.requests.run[lines.head[transfer.line]],
                kind,
                transfer.rate,
                Decision.time(transfer.until),
                forced,
                null);
    }
}
