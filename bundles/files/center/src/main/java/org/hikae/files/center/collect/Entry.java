package org.hikae.files.center.collect;

import java.time.Instant;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.files.transfer.message.PollReply;

/** A row of the collection table (e.3). Guarded by the desk. */
final class Entry {

    /** The member that announced it. */
    final String peer;

    /** When it was announced first. */
    final Instant arrived;

    RunInfo run;
    /** Number of frames that are durable here. */
    long frames;
    /** Whether its sender has announced it since this platform was started. */
    boolean present;

    boolean forced;
    /** Null: it is not to be sent now. */
    Order order;
    /** The transfer that goes on, or is just being ended; null: none. */
    Reception reception;
    /** How often in a row it was not sent as it should; the wait before the next try grows with it. */
    int failures;
    /** What its sender is told is wrong with it; null: nothing. */
    String problem;
    /** Whether that will never be over: what it builds upon, or refers to, is not here. */
    boolean never;
    /** Why it was not sent last; null: no reason. */
    String why;

    Entry(String peer, RunInfo run, Instant arrived) {
        this.peer = peer;
        this.run = run;
        this.arrived = arrived;
    }

    /** Whether it is of this run, and not of another one of the same number. */
    boolean isOf(RunInfo announced) {
        return run.identity().equals(announced.identity());
    }

    /** That there is a problem, as its sender is told. */
    PollReply.Problem wrong() {
        return new PollReply.Problem(run.id(), run.identity(), problem, never);
    }

    /** Bytes still to be sent, about; at least 1. */
    long remaining() {
        double share = Math.max(0, run.frames() - frames) / (double) run.frames();
        return Math.max(1, (long) (run.bytes() * share));
    }

    CollectionRequest.State state() {
        if (reception != null) {
            return CollectionRequest.State.RUNNING;
        } else if (failures > 0) {
            return CollectionRequest.State.FAILED;
        }
        return frames > 0 ? CollectionRequest.State.PAUSED : CollectionRequest.State.WAITING;
    }
}
