package org.hikae.files.client.restore;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Reason;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.DamagedRun;
import org.hikae.files.transfer.run.RunItem;

/**
 * What is missed because runs in the buffer cannot be read that nobody else has: what came before them must not be taken for the state that is
 * wanted without a word (I6, e.7). Told of all that is known, then asked. Not thread-safe.
 */
final class Damage {

    private final List<DamagedRun> damaged;

    /** Of each, when the last known run before it was made. */
    private final Map<DamagedRun, Instant> before = new HashMap<>();

    /** Runs of which it cannot be told what is in them. */
    private final List<Missed> unread = new ArrayList<>();

    /** Those that a later run has taken the place of. */
    private final List<DamagedRun> replaced = new ArrayList<>();

    /** By backup, the newest run that counts and builds upon none: nothing of those before it is missed. */
    private final Map<String, Long> full = new HashMap<>();

    Damage(List<DamagedRun> damaged) {
        this.damaged = List.copyOf(damaged);
    }

    /** There is a run, of which something is known. */
    void seen(String backup, long number, Instant taken) {
        for (DamagedRun run : damaged) {
            if (run.backup().equals(backup) && number < run.number()) {
                before.merge(run, taken, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
    }

    /** There is a run in the buffer that counts for the state that is wanted. */
    void counts(BufferedRun later) {
        if (later.base() == 0) {
            full.merge(later.backup(), later.number(), Math::max);
        }
        for (DamagedRun run : damaged) {
            if (later.base() == 0 && later.backup().equals(run.backup()) && later.number() > run.number()) {
                replaced.add(run);
            }
        }
    }

    /** What is in a run in the buffer cannot be told: it may have something newer than what came before it. */
    void unread(BufferedRun run, IOException why) {
        unread.add(new Missed(
                run.backup(),
                run.number(),
                run.taken(),
                "the buffer cannot be read: run " + run.number() + " of backup '" + run.backup() + "', made at "
                        + run.taken() + ", was not sent: " + Reason.of(why)));
    }

    /** What it means for the state of a path, a sentence or more for each run. @param at null: now */
    List<Missed> missed(FileName path, Instant at) {
        List<Missed> missed = new ArrayList<>(unread);
        missed.removeIf(each -> each.number < full.getOrDefault(each.backup, 0L));
        for (DamagedRun run : damaged) {
            Optional<RunItem.Start> start = run.start();
            boolean full = start.isEmpty() || start.get().base() == 0;
            if (!replaced.contains(run) && !isLater(run, start, at) && run.mayConcern(path, full)) {
                Instant taken = start.map(RunItem.Start::taken).orElse(null);
                missed.add(new Missed(run.backup(), run.number(), taken, why(run, start)));
            }
        }
        return missed;
    }

    private boolean isLater(DamagedRun run, Optional<RunItem.Start> start, Instant at) {
        if (at == null) {
            return false;
        }
        Instant last = before.get(run);
        return start.map(known -> known.taken().isAfter(at)).orElse(last != null && !last.isBefore(at));
    }

    private String why(DamagedRun run, Optional<RunItem.Start> start) {
        Instant last = before.get(run);
        return "run " + run.number() + " of backup '" + run.backup() + "'"
                + start.map(known -> ", made at " + known.taken() + ",").orElse("")
                + " was not sent, and cannot be read from the buffer: " + run.reason()
                + ". What was new or changed in it is not there any more, and what is older is not taken for it. "
                + (last == null ? "Nothing before it is known" : "The state before it comes with --at " + last)
                + "; 'client run " + run.backup() + "' backs up anew what is on disk now";
    }

    /**
     * A run that is missed, and what to tell.
     *
     * @param taken when it was made; null: that is not known
     */
    record Missed(String backup, long number, Instant taken, String why) {

        IOException failure() {
            return new IOException(why);
        }

        /** Whether it may have something newer than what was found of a path, or say that this is gone. */
        boolean mayConcern(Found found) {
            return found.backup().equals(backup)
                    ? found.run() < number
                    : taken == null || !taken.isBefore(found.taken());
        }
    }
}
