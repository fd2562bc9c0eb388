package org.hikae.files.center.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Everything that a planner knows, and what follows from it at once. Times are milliseconds since 1970. */
final class State {
    private static final double SECOND = 1000;
    /** How much a new measurement counts for its origin, and for all. */
    private static final double OF_ORIGIN = 0.3;

    private static final double OF_ALL = 1 / 64d;
    /** Received slower than this part of what was allowed: the client's own rate shows. */
    private static final double HELD_BACK = 0.8;
    /** So much is reckoned with where bandwidth is not limited. */
    private static final double PLENTY = 1e11;

    private static final double BYTES_TOLERANCE = 4096;

    final Settings settings;
    final Origins origins;
    final Requests requests;
    final Lines lines;
    final TermsTable terms;
    final Map<Queue, Heap> queues = new EnumMap<>(Queue.class);
    final List<Transfer> running = new ArrayList<>();
    /** Of which progress was told since the last look. */
    final List<Transfer> fresh = new ArrayList<>();
    /** Lines that have to be looked at. */
    final ArrayDeque<Integer> dirty = new ArrayDeque<>();

    final Ledger time;
    /** Only asked where bandwidth is limited at all. */
    final Ledger bytes;

    Limits center = new Limits(Hours.ALWAYS, 1, RateLimits.NONE);
    boolean isBandwidthLimited;
    long now = Long.MIN_VALUE;
    Planner.Hold hold = Planner.Hold.NONE;
    String holdWhy;
    private double typicalRate;
    private final AgedShare agedShare = new AgedShare();

    State(Settings settings) {
        this(settings, new Origins(), new Requests(), new Lines(), new TermsTable());
        typicalRate = settings.typicalRate();
        for (Queue queue : Queue.values()) {
            queues.put(queue, new Heap(lines.queueKeys));
        }
    }

    private State(Settings settings, Origins origins, Requests requests, Lines lines, TermsTable terms) {
        this.settings = settings;
        this.origins = origins;
        this.requests = requests;
        this.lines = lines;
        this.terms = terms;
        time = new Ledger(this::timeOf, 1);
        bytes = new Ledger(this::bytesOf, BYTES_TOLERANCE);
    }

    /** Between two looks. */
    State copy() {
        State copy = new State(settings, origins.copy(), requests.copy(), lines.copy(), terms.copy());
        queues.forEach((queue, heap) -> copy.queues.put(queue, heap.copy(copy.lines.queueKeys)));
        running.forEach(transfer -> copy.running.add(transfer.copy()));
        for (Transfer transfer : fresh) {
            if (isThere(transfer)) {
                copy.fresh.add(copy.transferOf(transfer.line));
            }
        }
        copy.dirty.addAll(dirty);
        copy.center = center;
        copy.isBandwidthLimited = isBandwidthLimited;
        copy.time.copy(time);
        copy.bytes.copy(bytes);
        copy.now = now;
        copy.hold = hold;
        copy.holdWhy = holdWhy;
        copy.typicalRate = typicalRate;
        copy.agedShare.copy(agedShare);
        return copy;
    }

    /** Milliseconds of transfers in a minute. */
    private double timeOf(long minute) {
        return center.hours().open(minute * Ledger.MINUTE) ? (double) center.transfers() * Ledger.MINUTE : 0;
    }

    private double bytesOf(long minute) {
        long start = minute * Ledger.MINUTE;
        if (!center.hours().open(start)) {
            return 0;
        }
        return Math.min(PLENTY, center.rates().at(start)) * (Ledger.MINUTE / SECOND);
    }

    void center(Limits limits, boolean bandwidthLimited) {
        center = limits;
        isBandwidthLimited = bandwidthLimited;
        time.capacity(this::timeOf);
        bytes.capacity(this::bytesOf);
    }

    /** Bytes per second that all transfers may have together now. */
    long limit() {
        return center.rates().at(now);
    }

    Heap queue(Queue queue) {
        return queues.get(queue);
    }

    Terms termsOf(int line) {
        return terms.get(lines.terms[line]);
    }

    Transfer transferOf(int line) {
        return running.get(lines.running[line]);
    }

    boolean isRunning(int line) {
        return lines.running[line] >= 0;
    }

    /** Whether this still runs. */
    boolean isThere(Transfer transfer) {
        return isRunning(transfer.line) && transferOf(transfer.line) == transfer;
    }

    boolean isForced(int line) {
        return requests.forced[lines.head[line]];
    }

    /** What runs comes first: nothing goes on that may not. */
    void touch(int line) {
        if (isRunning(line)) {
            dirty.addFirst(line);
        } else if (!lines.dirty[line]) {
            dirty.add(line);
        }
        lines.dirty[line] = true;
    }

    void touchOrigin(int origin) {
        for (int line = origins.firstLine[origin]; line >= 0; line = lines.nextOfOrigin[line]) {
            touch(line);
        }
    }

    /** Bytes per second that a transfer of this line makes use of. */
    long need(int line) {
        return (long) Math.max(1, Math.min(rate(line), Math.min(ownLimit(line), limit())));
    }

    /** Bytes per second that its origin sends if nothing limits it. */
    double rate(int line) {
        float measured = origins.rate[lines.origin[line]];
        return measured > 0 ? measured : typicalRate;
    }

    /** Bytes per second that something which runs is sent with, at the rate that it was told. */
    long speed(Transfer transfer) {
        return (long) Math.max(1, Math.min(rate(transfer.line), transfer.rate));
    }

    /** Bytes per second that the origin's conditions leave to one of its transfers. */
    long ownLimit(int line) {
        long limit =
                lines.terms[line] < 0 ? RateLimits.UNLIMITED : termsOf(line).limit();
        int sharers = Math.max(1, origins.running[lines.origin[line]]);
        return limit == RateLimits.UNLIMITED ? limit : Math.max(1, limit / sharers);
    }

    /** Milliseconds. */
    static long work(long bytes, long rate) {
        return Math.max(1, (long) Math.ceil(bytes * SECOND / rate));
    }

    /** What of all that the center can do something takes, in milliseconds. */
    double cost(long bytes, long rate) {
        double share = (double) work(bytes, rate) / center.transfers();
        long limit = limit();
        return limit == RateLimits.UNLIMITED ? share : Math.max(share, bytes * SECOND / limit);
    }

    /** Bytes that are left of what runs, by what is known and the time gone by. */
    long remaining(Transfer transfer) {
        long known = requests.remaining[lines.head[transfer.line]];
        // Not with the limits of now: it was sent under those before.
        return Math.max(1, known - (long) ((double) speed(transfer) * (now - transfer.asOf) / SECOND));
    }

    /** Bytes of a request are left, so what is less than before was sent. */
    void left(int line, long remaining) {
        int head = lines.head[line];
        long sent = requests.remaining[head] - remaining;
        requests.remaining[head] = remaining;
        long need = need(line);
        origins.use(lines.origin[line], Math.copySign(cost(Math.abs(sent), need), sent), now);
        boolean aged = isRunning(line) && transferOf(line).from.isAged();
        agedShare.used(Math.copySign(work(Math.abs(sent), need), sent), aged, center.transfers());
    }

    boolean mayAgedGoFirst() {
        return agedShare.isLeft();
    }

    /** @param allowed bytes per second */
    void measured(int origin, long bytesPerSecond, long allowed) {
        float known = origins.rate[origin];
        if (allowed != RateLimits.UNLIMITED && bytesPerSecond >= allowed * HELD_BACK) {
            origins.rate[origin] = Math.max(known, bytesPerSecond);
            return;
        }
        origins.rate[origin] =
                known == 0 ? bytesPerSecond : (float) ((1 - OF_ORIGIN) * known + OF_ORIGIN * bytesPerSecond);
        typicalRate += OF_ALL * (bytesPerSecond - typicalRate);
    }
}
