package org.hikae.files.center.plan;

import java.util.Arrays;
import org.hikae.api.files.TransferWindow;

/**
 * Terms under which requests are collected: the client's wish, what holds for its origin, and the center's hours. Shared by all requests
 * that have the same. It knows how things stand at the time of the last {@link #refresh}.
 */
final class Terms {
    /** How far openings are looked for: more than a week, so that every day of the week is among them. */
    static final long FAR = 8L * 24 * 60 * Ledger.MINUTE;

    private static final int NONE = -1;

    /** @param wish null: any time */
    record Key(TransferWindow wish, Limits own, boolean forced) {}

    final Key key;
    final int number;
    private final Hours wish;
    private final Hours own;

    /** Lines under these terms, in a list through {@link Lines}; where the sweep of them is. */
    int firstLine = NONE;

    int cursor = NONE;
    boolean swept = true;

    int lines;
    int running;
    /** How often the wish's hours have ended. */
    int closings;

    private boolean known;
    private boolean wishOpen;
    private boolean restOpen;
    private long close = Hours.NEVER;
    private long phaseEnd;
    private long limit;
    /** Pieces of time until {@link #close} in which all is open: beginnings and ends in turn. */
    private long[] pieces = {};

    Terms(Key key, int number) {
        this(
                key,
                number,
                key.wish() == null || key.forced() ? Hours.ALWAYS : new WallHours(key.wish()),
                key.forced() ? Hours.ALWAYS : key.own().hours());
    }

    private Terms(Key key, int number, Hours wish, Hours own) {
        this.key = key;
        this.number = number;
        this.wish = wish;
        this.own = own;
    }

    Terms copy() {
        Terms copy = new Terms(key, number, wish, own);
        copy.firstLine = firstLine;
        copy.cursor = cursor;
        copy.swept = swept;
        copy.lines = lines;
        copy.running = running;
        copy.closings = closings;
        copy.known = known;
        copy.wishOpen = wishOpen;
        copy.restOpen = restOpen;
        copy.close = close;
        copy.phaseEnd = phaseEnd;
        copy.limit = limit;
        copy.pieces = pieces;
        return copy;
    }

    private Hours center(Limits center) {
        return key.forced() ? Hours.ALWAYS : center.hours();
    }

    /** @return whether anything has changed for the lines */
    boolean refresh(long now, Limits center) {
        Hours centers = center(center);
        boolean over = known && wishOpen && close <= now;
        boolean wasOpen = known && isOpen();
        boolean wasRest = restOpen;
        long wasLimit = limit;
        long wasClose = close;
        wishOpen = wish.open(now);
        restOpen = own.open(now) && centers.open(now);
        limit = key.own().rates().at(now);
        phaseEnd = Math.min(
                Math.min(wish.until(now), own.until(now)),
                Math.min(centers.until(now), key.own().rates().until(now)));
        close = wishOpen ? end(wish, now) : Hours.NEVER;
        pieces = isOpen() ? piecesFrom(now, close, centers) : new long[0];
        if (over) {
            closings++;
        }
        boolean same = known && wasOpen == isOpen() && wasRest == restOpen && wasLimit == limit && wasClose == close;
        known = true;
        return !same || over;
    }

    /** When hours that are open end; {@link Hours#NEVER}: not within {@link #FAR}. */
    private static long end(Hours hours, long from) {
        long at = from;
        while (hours.open(at)) {
            at = hours.until(at);
            if (at >= from + FAR) {
                return Hours.NEVER;
            }
        }
        return at;
    }

    private long[] piecesFrom(long from, long to, Hours centers) {
        long last = Math.min(to, from + FAR);
        long[] found = new long[4];
        int size = 0;
        long at = from;
        while (at < last) {
            long next = Math.min(Math.min(own.until(at), centers.until(at)), last);
            if (own.open(at) && centers.open(at)) {
                if (size > 0 && found[size - 1] == at) {
                    found[size - 1] = next;
                } else {
                    found = size == found.length ? Arrays.copyOf(found, 2 * size) : found;
                    found[size++] = at;
                    found[size++] = next;
                }
            }
            at = next;
        }
        return Arrays.copyOf(found, size);
    }

    boolean isOpen() {
        return wishOpen && restOpen;
    }

    /** Whether a transfer that has begun and may be finished outside its window may go on. */
    boolean mayFinish() {
        return restOpen;
    }

    /** Whether there is an end of the wish's hours by which to be done. */
    boolean hasDeadline() {
        return close != Hours.NEVER;
    }

    /** End of the wish's hours that are open now. */
    long close() {
        return close;
    }

    long phaseEnd() {
        return phaseEnd;
    }

    /** Bytes per second that the origin's own conditions allow now. */
    long limit() {
        return limit;
    }

    /** End of the last time in which something can be done before the close; only while it is open. */
    long lastUse() {
        return pieces[pieces.length - 1];
    }

    /** End of the time that is open now; {@link Hours#NEVER}: farther than one looks. */
    long openUntil(long now) {
        return pieces.length == 0 || pieces[1] >= now + FAR - Ledger.MINUTE && !hasDeadline() ? Hours.NEVER : pieces[1];
    }

    /** End of the time in which what has begun may be finished. */
    long finishUntil(long now, Limits center) {
        long at = now;
        Hours centers = center(center);
        while (own.open(at) && centers.open(at)) {
            at = Math.min(own.until(at), centers.until(at));
            if (at >= now + FAR) {
                return Hours.NEVER;
            }
        }
        return at;
    }

    /**
     * The latest time at which work has to begin to be done before the close, if it is given all the time that is open;
     * {@link Long#MIN_VALUE}: there is not that much.
     *
     * @param work milliseconds
     */
    long latestStart(long work) {
        long rest = work;
        for (int i = pieces.length - 2; i >= 0; i -= 2) {
            long length = pieces[i + 1] - pieces[i];
            if (rest <= length) {
                return pieces[i + 1] - rest;
            }
            rest -= length;
        }
        return Long.MIN_VALUE;
    }

    /** The next time at which all is open, from one on; {@link Hours#NEVER}: not within {@link #FAR}. */
    long nextOpen(long from, Limits center) {
        Hours centers = center(center);
        long at = from;
        while (at < from + FAR) {
            if (wish.open(at) && own.open(at) && centers.open(at)) {
                return at;
            }
            at = Math.min(wish.until(at), Math.min(own.until(at), centers.until(at)));
        }
        return Hours.NEVER;
    }

    /** The end of the wish's hours that are open at a time, or else of the next; {@link Hours#NEVER}: there is none within {@link #FAR}. */
    long closeFrom(long from) {
        long at = from;
        while (!wish.open(at)) {
            at = wish.until(at);
            if (at >= from + FAR) {
                return Hours.NEVER;
            }
        }
        return end(wish, at);
    }

    /** Milliseconds that all is open from one time to another. */
    long openBetween(long from, long to, Limits center) {
        Hours centers = center(center);
        long open = 0;
        long at = from;
        while (at < to) {
            long next = Math.min(to, Math.min(wish.until(at), Math.min(own.until(at), centers.until(at))));
            if (wish.open(at) && own.open(at) && centers.open(at)) {
                open += next - at;
            }
            at = next;
        }
        return open;
    }

    /** Bytes that can be sent from one time to another at most, if nothing else is sent. @param rate at which the origin sends */
    double mostBetween(long from, long to, double rate, Limits center) {
        Hours centers = center(center);
        double most = 0;
        long at = from;
        while (at < to) {
            long hours = Math.min(wish.until(at), Math.min(own.until(at), centers.until(at)));
            long rates = Math.min(center.rates().until(at), key.own().rates().until(at));
            long next = Math.min(to, Math.min(hours, rates));
            if (wish.open(at) && own.open(at) && centers.open(at)) {
                long limit = Math.min(center.rates().at(at), key.own().rates().at(at));
                most += (next - at) * Math.min(rate, limit) / 1000;
            }
            at = next;
        }
        return most;
    }

    /** Why nothing can be done now, in words that follow "for". */
    String whatIsClosed(long now, Limits center) {
        if (!wishOpen) {
            return "its window";
        }
        return center.hours().open(now) ? "the hours of its client's conditions" : "the center's hours";
    }
}
