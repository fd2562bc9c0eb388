package org.hikae.files.center.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.files.center.store.CenterStore.Dropped;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.center.table.RunRow.State;
import org.hikae.files.center.table.Sweep;
import org.hikae.files.center.table.Whole;

/**
 * Drops and releases runs. First a list on the medium says so, durably; then the tables; then objects go. Whatever is interrupted is
 * finished when the media are looked at again. Thread-safe.
 */
final class Removing {

    /** Released runs that are remembered, of each backup: a client that has not got the receipt asks again. */
    private static final int REMEMBERED = 100;

    private final Core core;
    private final ZoneId zone;

    Removing(Core core, ZoneId zone) {
        this.core = core;
        this.zone = zone;
    }

    /** Counts what goes. */
    private static final class Count {
        private long runs;
        private long versions;
        private long objects;
        private long bytes;
    }

    /** An object that nobody needs any more. */
    private record Unneeded(String medium, PartName name, long bytes) {}

    Dropped retain(String origin, Retention keep, Progress progress) throws IOException {
        Count count = new Count();
        for (BackupRow each : core.tables().call(connection -> BackupRow.list(connection, origin))) {
            progress.check();
            if (core.exclusively(() -> drop(each, keep, count))) {
                sweep(each, progress, count);
            }
        }
        return new Dropped(count.runs, count.versions, count.objects, count.bytes);
    }

    /**
     * A row of which something may go, as it is now: tables that were made anew since have it under another id, and under this one perhaps
     * another client's. With the gate closed.
     *
     * @return empty: there is none, or not all media were seen, so that it is not known what refers to its parts (R22)
     */
    private Optional<BackupRow> now(BackupRow backup) throws IOException {
        return core.tables()
                .call(connection -> Whole.is(connection)
                        ? BackupRow.find(connection, backup.origin(), backup.name())
                        : Optional.empty());
    }

    /** @return whether something is to be swept */
    private boolean drop(BackupRow former, Retention keep, Count count) throws IOException {
        Optional<BackupRow> found = now(former);
        if (found.isEmpty()) {
            return false;
        }
        BackupRow backup = found.get();
        List<RunRow> runs = core.tables().call(connection -> RunRow.list(connection, backup.id()));
        Set<Long> dropped = unwanted(backup, runs, keep);
        if (!dropped.isEmpty()) {
            mark(backup, runs, run -> dropped.contains(run.number()), State.DROPPED);
        }
        count.runs += dropped.size();
        return !dropped.isEmpty() || backup.unswept();
    }

    /** Complete ones that are not to be kept, and incomplete ones that never will be complete. */
    private Set<Long> unwanted(BackupRow backup, List<RunRow> runs, Retention keep) {
        List<RunRow> complete = new ArrayList<>();
        runs.stream().filter(run -> run.complete() && run.state() == State.KEPT).forEach(run -> complete.add(0, run));
        if (complete.isEmpty()) {
            return Set.of();
        }
        long newest = complete.get(0).number();
        Set<Long> kept = KeptRuns.of(keep, complete, zone);
        Set<Long> unwanted = new HashSet<>();
        for (RunRow run : runs) {
            RunId id = new RunId(backup.origin(), backup.name(), run.number());
            if (run.state() == State.KEPT
                    && run.number() < newest
                    && !(run.complete() && kept.contains(run.number()))
                    && !core.isWritten(id)) {
                unwanted.add(run.number());
            }
        }
        return unwanted;
    }

    /** Says of runs that they are dropped or released, on the medium and then in the tables. With the gate closed. */
    private void mark(BackupRow backup, List<RunRow> runs, Predicate<RunRow> which, State next) throws IOException {
        List<RunsList.Run> list = new ArrayList<>();
        List<RunRow> forgotten = new ArrayList<>();
        int released = 0;
        for (int i = runs.size() - 1; i >= 0; i--) {
            RunRow run = runs.get(i);
            State state = which.test(run) ? next : run.state();
            if (state == State.DROPPED || state == State.RELEASED && ++released <= REMEMBERED) {
                list.add(new RunsList.Run(RunText.read(run.info()), state, run.durable(), run.complete()));
            } else if (run.state() == State.RELEASED) {
                forgotten.add(run);
            }
        }
        long number = core.tables().call(connection -> BackupRow.find(connection, backup.origin(), backup.name())
                        .map(BackupRow::listing)
                        .orElse(0L))
                + 1;
        Medium area = core.area(core.current());
        PartName name = PartName.list(backup.origin(), backup.name(), number);
        // One that a crash has left before it was entered says the same as this, or less.
        area.delete(name.toString());
        new RunsList(list).write(area, name);
        core.tables().call(connection -> {
            for (RunRow run : runs) {
                if (which.test(run)) {
                    run.become(connection, next, run.complete(), run.durable());
                }
            }
            for (RunRow run : forgotten) {
                run.delete(connection);
            }
            backup.entered(connection, number);
            return number;
        });
        deleteOlder(area, name);
    }

    private static void deleteOlder(Medium area, PartName newest) throws IOException {
        String prefix = PartName.prefix(newest.origin(), newest.backup()) + "runs.";
        for (MediumObject object : area.list(prefix)) {
            boolean older = PartName.parse(object.name())
                    .filter(name -> name.isList() && name.number() < newest.number())
                    .isPresent();
            if (older) {
                area.delete(object.name());
            }
        }
    }

    /** Removes what no kept run has; can be ended at any step, and begun again. */
    private void sweep(BackupRow backup, Progress progress, Count count) throws IOException {
        for (RunRow run : core.tables().call(connection -> RunRow.list(connection, backup.id()))) {
            progress.check();
            count.versions += core.exclusively(() -> hide(backup, run.number()));
        }
        Set<Long> left = delete(core.exclusively(() -> unneeded(backup)), count);
        core.exclusively(() -> {
            Optional<BackupRow> now = now(backup);
            return now.isPresent() ? core.tables().call(connection -> new Sweep(connection, now.get()).runs(left)) : 0;
        });
    }

    private long hide(BackupRow former, long number) throws IOException {
        Optional<BackupRow> backup = now(former);
        return core.tables().call(connection -> {
            Optional<RunRow> run = backup.isEmpty()
                    ? Optional.empty()
                    : RunRow.find(connection, backup.get().id(), number);
            return run.isEmpty() ? 0L : new Sweep(connection, backup.get()).hide(run.get());
        });
    }

    private List<Unneeded> unneeded(BackupRow former) throws IOException {
        List<Unneeded> unneeded = new ArrayList<>();
        Optional<BackupRow> backup = now(former);
        return backup.isEmpty()
                ? unneeded
                : core.tables().call(connection -> {
                    for (Sweep.Removed each : new Sweep(connection, backup.get()).parts()) {
                        unneeded.add(unneeded(backup.get(), each.run(), each.part()));
                    }
                    return unneeded;
                });
    }

    private static Unneeded unneeded(BackupRow backup, RunRow run, PartRow part) {
        RunId id = new RunId(backup.origin(), backup.name(), run.number());
        return new Unneeded(part.medium(), PartName.part(id, part.first()), part.bytes());
    }

    /**
     * Deletes objects, each with the gate closed, and only if no table has it: whoever has looked at the media meanwhile may have entered it
     * again, and others refer to it since (R22). What cannot be deleted now is entered again when the media are looked at, and removed
     * then.
     *
     * @return numbers of the runs of which something is left
     */
    private Set<Long> delete(List<Unneeded> objects, Count count) {
        Set<Long> left = new HashSet<>();
        for (Unneeded each : objects) {
            try {
                if (core.exclusively(() -> deleteIfUnneeded(each))) {
                    count.objects++;
                    count.bytes += each.bytes;
                } else {
                    left.add(each.name.number());
                }
            } catch (IOException e) {
                core.problem("a part that nobody needs stays on medium '" + each.medium + "' for now: " + Reason.of(e));
                left.add(each.name.number());
            }
        }
        return left;
    }

    private boolean deleteIfUnneeded(Unneeded object) throws IOException {
        PartName name = object.name;
        boolean unneeded = !core.tables().call(connection -> {
            Optional<BackupRow> backup = BackupRow.find(connection, name.origin(), name.backup());
            Optional<RunRow> run = backup.isEmpty()
                    ? Optional.empty()
                    : RunRow.find(connection, backup.get().id(), name.number());
            return run.isPresent() && PartRow.isThere(connection, run.get().id(), name.first());
        });
        if (unneeded) {
            core.area(object.medium).delete(object.name.toString());
        }
        return unneeded;
    }

    void release(RunId id) throws IOException {
        core.exclusively(() -> {
            releaseNow(id);
            return id;
        });
    }

    private void releaseNow(RunId id) throws IOException {
        BackupRow backup = core.tables().call(connection -> BackupRow.find(connection, id.origin(), id.backup())
                .orElse(null));
        if (backup == null) {
            return;
        }
        List<RunRow> runs = core.tables().call(connection -> RunRow.list(connection, backup.id()));
        RunRow run = runs.stream()
                .filter(each -> each.number() == id.number())
                .findFirst()
                .orElse(null);
        if (run == null) {
            return;
        }
        if (!run.complete()) {
            throw new IOException("run " + id + " is not here with all it has, and cannot be released");
        }
        if (run.state() != State.RELEASED) {
            mark(backup, runs, each -> each.number() == id.number(), State.RELEASED);
        }
        delete(core.tables().call(connection -> forget(connection, backup, run)), new Count());
    }

    /** Takes what a released run had out of the tables. With the gate closed. */
    private static List<Unneeded> forget(Connection connection, BackupRow backup, RunRow run) throws SQLException {
        List<Unneeded> objects = new ArrayList<>();
        Entering tables = new Entering(connection);
        RunRow now = RunRow.find(connection, backup.id(), run.number()).orElseThrow();
        for (PartRow part : PartRow.list(connection, run.id())) {
            tables.forget(backup, now, part, 0);
            objects.add(unneeded(backup, run, part));
        }
        return objects;
    }

    /** Finishes what was begun before a crash. With the gate closed. */
    void resume(Progress progress) throws IOException {
        for (BackupRow backup : core.tables().call(BackupRow::unfinished)) {
            for (RunRow run : core.tables().call(connection -> RunRow.list(connection, backup.id()))) {
                if (run.state() == State.RELEASED) {
                    delete(core.tables().call(connection -> forget(connection, backup, run)), new Count());
                }
            }
            if (backup.unswept()) {
                sweep(backup, progress, new Count());
            }
        }
    }
}
