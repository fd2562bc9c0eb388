package org.hikae.files.center.plan;

import java.time.Instant;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Conditions;

/**
 * Decides which requests are collected when (e.4, e.5, I7, R24). What happens is told by the methods without a time; it takes effect
 * with the next {@link #decide}, which says what to do from then on. So whoever drives it tells it everything that has happened,
 * asks, does what it is told, and asks again at {@link Decisions#next} or when anything more has happened.
 *
 * <p>Runs of one origin and backup are collected by number, one after the other, since they build upon each other. An origin has one
 * transfer at a time, unless its own conditions allow more.
 *
 * <p>Not thread-safe. Does no I/O. Rates are bytes per second.
 */
public interface Planner {

    /** What the driver found out about the machine (free space, load). */
    enum Hold {
        NONE,
        /** Nothing is begun; what runs goes on. */
        BEGIN,
        /** Nothing runs. */
        ALL
    }

    /** The center's own conditions. Their free space and load are not looked at here: see {@link #hold}. */
    void conditions(Conditions center);

    /**
     * What holds for one origin besides.
     *
     * @param own its windows, most transfers at once and rates; null: nothing besides
     */
    void conditions(String origin, Conditions own);

    /** @param why shown for requests that wait for this; null with {@link Hold#NONE} */
    void hold(Hold hold, String why);

    /**
     * A request, or one that is known with other values. A run whose number is less than that of one that is known comes before it,
     * unless that is sent already.
     *
     * @param arrived when it was announced first
     * @param remaining bytes still to be sent, about
     */
    void announce(RunInfo run, Instant arrived, long remaining);

    /**
     * Whether an origin can be reached: whether it, or the relay that speaks for it, has a poll waiting or was heard a moment ago. At first it
     * cannot. Requests of one that cannot begin nothing; what runs is ended by {@link #stopped}.
     */
    void heard(String origin, boolean reachable);

    /** Forgets an origin with all its requests, its conditions and its rate. What runs of it is not there any more. */
    void forget(String origin);

    /**
     * How far a transfer has come, or had come when it was paused.
     *
     * @param remaining bytes still to be sent, about
     * @param bytesPerSecond at which it was received lately; 0: not known yet
     */
    void progress(RunId run, long remaining, long bytesPerSecond);

    /**
     * A running transfer was ended without an order to: cut, refused, or not begun by its client.
     *
     * @param notBefore it is not begun before; null: at any time
     */
    void stopped(RunId run, long remaining, Instant notBefore);

    /** A request is done, or there is none any more. One that is not known is no error. */
    void remove(RunId run);

    /**
     * This one, and those before it of the same origin and backup, are collected whatever the windows of both sides say; other limits hold. One
     * that is not known is no error.
     */
    void force(RunId run);

    /**
     * What to do from now on.
     *
     * @param now not before that of the last call; if it is (a clock was set back), it counts as that
     */
    Decisions decide(Instant now);

    /** What is known now, for a look ahead on any thread, while this goes on. */
    Forecast forecast();
}
