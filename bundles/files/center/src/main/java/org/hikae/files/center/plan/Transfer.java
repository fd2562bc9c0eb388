package org.hikae.files.center.plan;

/** What runs. */
final class Transfer {
    final int line;
    final long started;
    /** From where it was begun, or what has become of it since. */
    Queue from;
    /** Bytes per second that it takes at most since it was told so, and that it is to be told. */
    long rate;

    long wanted;
    /** The time to which its remaining bytes refer. */
    long asOf;

    long until;
    /** Goes on though its client's window has closed. */
    boolean overtime;
    /** What was told of it. */
    boolean isTold;

    long toldUntil;
    boolean toldForced;
    /** Whether it is among those of which something may have to be told. */
    boolean isNews;

    Transfer(int line, Queue from, long now) {
        this.line = line;
        this.from = from;
        started = now;
        asOf = now;
    }

    Transfer copy() {
        Transfer copy = new Transfer(line, from, started);
        copy.rate = rate;
        copy.wanted = wanted;
        copy.asOf = asOf;
        copy.until = until;
        copy.overtime = overtime;
        copy.isTold = isTold;
        copy.toldUntil = toldUntil;
        copy.toldForced = toldForced;
        copy.isNews = isNews;
        return copy;
    }
}
