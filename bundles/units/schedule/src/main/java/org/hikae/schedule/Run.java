package org.hikae.schedule;

import java.time.Instant;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;

/**
 * A run, as it is kept.
 *
 * @param since when it came to wait
 * @param due as {@link ScheduledRun#due}, and so on
 * @param jobsBefore the last job there was before this one was begun: a crash may have kept the number of its own from being recorded
 */
record Run(
        Instant since,
        Instant due,
        int covered,
        boolean full,
        State state,
        Instant started,
        Instant ended,
        long jobsBefore,
        long job,
        String generation,
        String reason) {

    static Run waiting(Instant since, Due due) {
        return new Run(since, due.last(), due.count(), due.full(), State.WAITING, null, null, 0, 0, null, null);
    }

    static Run asked(Instant now, boolean full) {
        return new Run(now, now, 0, full, State.WAITING, null, null, 0, 0, null, null);
    }

    /** Somebody asked for it: it goes by no times. */
    boolean isAsked() {
        return covered == 0;
    }

    boolean isOver() {
        return state != State.WAITING && state != State.RUNNING;
    }

    /** Stands for those planned times too. */
    Run with(Due more) {
        Instant last = more.last().isAfter(due) ? more.last() : due;
        return new Run(since, last, covered + more.count(), full || more.full(), state, null, null, 0, 0, null, null);
    }

    Run begun(Instant now, long lastJob) {
        return new Run(since, due, covered, full, State.RUNNING, now, null, lastJob, 0, null, null);
    }

    Run withJob(long id) {
        return new Run(since, due, covered, full, state, started, ended, jobsBefore, id, generation, reason);
    }

    Run withGeneration(String id) {
        return new Run(since, due, covered, full, state, started, ended, jobsBefore, job, id, reason);
    }

    Run over(State end, Instant now, String why) {
        return new Run(since, due, covered, full, end, started, now, jobsBefore, job, generation, why);
    }

    /** @param why why it waits, if it does */
    ScheduledRun scheduled(String why) {
        String said = state == State.WAITING ? why : reason;
        return new ScheduledRun(due, covered, full, state, started, ended, job, generation, said);
    }
}
