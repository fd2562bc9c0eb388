package org.hikae.files.center.plan;

/** Puts each line where it waits, by how things stand for it. */
final class Places {
    /** Windows missed, or days waited without a window, after which a request has a share for itself, and after which the first goes first. */
    static final int AGED = 2;

    static final int OVERDUE = 8;
    private static final long DAY = 24 * 60 * Ledger.MINUTE;
    private static final long AGED_ANYTIME = DAY;
    private static final long OVERDUE_ANYTIME = OVERDUE * DAY;
    /** So many requests of an origin are looked at, to see how much it has to send in a window. */
    private static final int LOOK = 64;
    /** So many that stand back are tried at a time, when something has become free. */
    private static final int TRIES = 16;
    /** So many lines are placed in a look. */
    static final int LINES = 2_000;

    private final State state;
    private final Lines lines;
    private final Origins origins;
    private final Requests requests;
    private final Promises promises;
    private int left;

    Places(State state, Promises promises) {
        this.state = state;
        this.promises = promises;
        lines = state.lines;
        origins = state.origins;
        requests = state.requests;
    }

    void beginLook() {
        left = LINES;
    }

    /** Whether more lines may be placed in this look: it takes about as long with a million lines as with a thousand. */
    boolean isLookLeft() {
        return left > 0;
    }

    /** Takes a line out of where it waits, and takes back what it was promised. */
    void takeOut(int line) {
        leaveQueue(line);
        promises.takeBack(line);
        if (lines.blocked[line]) {
            lines.blocked[line] = false;
            origins.blocked[lines.origin[line]]--;
        }
    }

    private void leaveQueue(int line) {
        if (lines.queue[line] != null) {
            state.queue(lines.queue[line]).remove(line);
            lines.queue[line] = null;
        }
    }

    private void put(int line, Queue queue, long key) {
        leaveQueue(line);
        lines.queue[line] = queue;
        state.queue(queue).add(line, key);
    }

    /** @param line that has requests and terms, and does not run */
    void place(int line) {
        left--;
        takeOut(line);
        countMissed(line);
        // The clock was set back since: nobody waits longer for that.
        lines.since[line] = Math.min(lines.since[line], state.now);
        int origin = lines.origin[line];
        Terms terms = state.termsOf(line);
        if (!origins.reachable[origin]) {
            return;
        }
        if (lines.notBefore[line] > state.now) {
            put(line, Queue.PARKED, lines.notBefore[line]);
        } else if (!terms.isOpen()) {
            return;
        } else if (origins.isBusy(origin)) {
            lines.blocked[line] = true;
            origins.blocked[origin]++;
            if (!state.isForced(line) && terms.hasDeadline() && lines.missed[line] < AGED) {
                promise(line, terms);
            }
        } else if (state.isForced(line)) {
            put(line, Queue.FORCED, lines.since[line]);
        } else {
            placeOpen(line, terms);
        }
    }

    /** Counts closings of its window since this was last done. */
    void countMissed(int line) {
        int closings = state.termsOf(line).closings;
        int more = lines.missed[line] + closings - lines.seen[line];
        lines.missed[line] = (short) Math.min(Short.MAX_VALUE, more);
        lines.seen[line] = closings;
    }

    private void placeOpen(int line, Terms terms) {
        long waited = state.now - lines.since[line];
        boolean anytime = !terms.hasDeadline();
        boolean overdue = lines.missed[line] >= OVERDUE || anytime && waited > OVERDUE_ANYTIME;
        if (overdue) {
            put(line, Queue.OVERDUE, lines.since[line]);
        } else if (anytime) {
            put(line, waited > AGED_ANYTIME ? Queue.AGED : Queue.ANYTIME, lines.since[line]);
        } else if (lines.missed[line] >= AGED || !promise(line, terms)) {
            // What has missed several windows has its own share, lest old ones take all windows from new ones.
            put(line, lines.missed[line] >= AGED ? Queue.AGED : Queue.LATE, lines.since[line]);
        }
    }

    /** Promises it, or lets it stand back if more is asked for than is possible. @return false: it cannot be kept at all, and is put nowhere */
    private boolean promise(int line, Terms terms) {
        long rate = state.need(line);
        long bytes = requests.remaining[lines.head[line]];
        long work = State.work(bytes, rate);
        long latest = terms.latestStart(work);
        if (latest < state.now && requests.finish[lines.head[line]]) {
            // To have begun is enough.
            work = Math.max(1, Math.min(work, terms.lastUse() - state.now));
            latest = Math.max(terms.latestStart(work), state.now);
        }
        if (latest < state.now) {
            return false;
        }
        long all = bytesOfLine(line);
        long together = bytesOfOrigin(line);
        if (together > bytes) {
            long begin = terms.latestStart(reckoned(State.work(together, rate)));
            if (begin >= state.now && keep(line, all, begin, terms)) {
                return true;
            }
        }
        keep(line, bytes, Math.min(latest, Math.max(state.now, terms.latestStart(reckoned(work)))), terms);
        return true;
    }

    private long reckoned(long work) {
        return (long) (work * state.settings.margin());
    }

    private boolean keep(int line, long bytes, long begin, Terms terms) {
        put(line, lines.blocked[line] ? Queue.BEHIND : Queue.PROMISED, begin);
        long work = Math.min(State.work(bytes, state.need(line)), Math.max(1, terms.lastUse() - state.now));
        promises.keep(line, work, bytes, terms.lastUse());
        promises.balance(this::standBack);
        if (promises.isKept(line)) {
            lines.crowded[line] = null;
        }
        return promises.isKept(line);
    }

    /** What has been promised is not kept. */
    void standBack(int line) {
        if (state.isRunning(line)) {
            state.transferOf(line).from = Queue.SPARE;
        } else if (lines.blocked[line]) {
            leaveQueue(line);
        } else {
            put(line, Queue.SPARE, promises.cost(line, requests.remaining[lines.head[line]]));
        }
    }

    /** Promises what stands back, as far as there is room again. */
    void promiseMore() {
        Heap spare = state.queue(Queue.SPARE);
        for (int tries = 0; tries < TRIES && spare.size() > 0; tries++) {
            int line = spare.top();
            long bytes = requests.remaining[lines.head[line]];
            long work = State.work(bytes, state.need(line));
            Terms terms = state.termsOf(line);
            long latest = terms.isOpen() ? terms.latestStart(work) : Long.MIN_VALUE;
            if (latest < state.now) {
                place(line);
                continue;
            }
            promises.keep(line, work, bytes, terms.lastUse());
            if (promises.isTooMuch()) {
                promises.takeBack(line);
                return;
            }
            put(line, Queue.PROMISED, Math.min(latest, Math.max(state.now, terms.latestStart(reckoned(work)))));
            lines.crowded[line] = null;
        }
    }

    /** Lines without a window grow old while they wait. */
    void age() {
        Heap anytime = state.queue(Queue.ANYTIME);
        while (left > 0 && anytime.size() > 0 && state.now - anytime.topKey() > AGED_ANYTIME) {
            place(anytime.top());
        }
        Heap aged = state.queue(Queue.AGED);
        boolean overdue = aged.size() > 0
                && state.now - aged.topKey() > OVERDUE_ANYTIME
                && !state.termsOf(aged.top()).hasDeadline();
        if (overdue) {
            place(aged.top());
        }
    }

    /** Bytes of the requests at its head that have the same window. */
    private long bytesOfLine(int line) {
        int request = lines.head[line];
        long sum = 0;
        for (int i = 0; i < LOOK && request >= 0; i++, request = requests.next[request]) {
            if (requests.window[request] != requests.window[lines.head[line]]) {
                break;
            }
            sum += requests.remaining[request];
        }
        return sum;
    }

    /** Bytes that its origin has to send under the same terms: it does so one after the other, if it may have no more at once. */
    private long bytesOfOrigin(int line) {
        int origin = lines.origin[line];
        long sum = 0;
        int other = origins.firstLine[origin];
        for (int i = 0; i < LOOK && other >= 0; i++, other = lines.nextOfOrigin[other]) {
            if (lines.terms[other] == lines.terms[line] && lines.head[other] >= 0) {
                sum += bytesOfLine(other);
            }
        }
        return Math.max(bytesOfLine(line), sum / origins.limits(origin).transfers());
    }
}
