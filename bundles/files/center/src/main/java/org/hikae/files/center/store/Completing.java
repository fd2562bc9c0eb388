package org.hikae.files.center.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Reason;
import org.hikae.files.center.table.Backlog;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.EntryRow;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;

/** Reads parts again that were entered before what they go on from, or refer to, was there (R22). With the gate held. */
final class Completing {

    private final Core core;

    Completing(Core core) {
        this.core = core;
    }

    /** All that is to be read again. */
    void all() throws IOException {
        for (RunId run : core.tables().call(Backlog::runs)) {
            behind(run);
        }
        for (Backlog.Backup each : core.tables().call(Backlog::backups)) {
            missing(each.origin(), each.name());
        }
    }

    /** What is to be read again since something of a run was entered. */
    void after(RunId run) throws IOException {
        behind(run);
        missing(run.origin(), run.backup());
    }

    /** The parts of a run that come behind one which was entered after them. */
    void behind(RunId run) throws IOException {
        long id = core.tables()
                .call(connection -> row(connection, run).map(RunRow::id).orElse(-1L));
        long first = core.tables().call(connection -> Backlog.first(connection, id));
        if (first < 0) {
            return;
        }
        List<PartRow> parts = parts(run);
        boolean all = true;
        for (PartRow part : parts) {
            all &= part.first() < first || complete(run, part);
        }
        if (all) {
            core.tables().call(connection -> {
                // Of a part that has come meanwhile, others may have been read before it was there.
                if (firsts(parts(connection, run)).equals(firsts(parts))) {
                    Backlog.done(connection, id, first);
                }
                return id;
            });
        }
    }

    /** Whatever of a backup refers to content that was not here, if some may have come. */
    void missing(String origin, String backup) throws IOException {
        long id = core.tables().call(connection -> BackupRow.find(connection, origin, backup)
                .map(BackupRow::id)
                .orElse(-1L));
        long entered = core.tables().call(connection -> Backlog.entered(connection, id));
        if (entered <= 0) {
            return;
        }
        boolean all = true;
        for (Map.Entry<Long, SortedSet<Long>> each : core.tables()
                .call(connection -> EntryRow.missing(connection, id))
                .entrySet()) {
            RunId run = new RunId(origin, backup, each.getKey());
            for (PartRow part : parts(run)) {
                all &= each.getValue().subSet(part.first(), part.end()).isEmpty() || complete(run, part);
            }
        }
        if (all) {
            core.tables().call(connection -> {
                Backlog.looked(connection, id, entered);
                return id;
            });
        }
    }

    private static Optional<RunRow> row(Connection connection, RunId run) throws SQLException {
        Optional<BackupRow> backup = BackupRow.find(connection, run.origin(), run.backup());
        return backup.isEmpty()
                ? Optional.empty()
                : RunRow.find(connection, backup.get().id(), run.number());
    }

    private List<PartRow> parts(RunId run) throws IOException {
        return core.tables().call(connection -> parts(connection, run));
    }

    private static List<PartRow> parts(Connection connection, RunId run) throws SQLException {
        Optional<RunRow> row = row(connection, run);
        return row.isEmpty() ? List.of() : PartRow.list(connection, row.get().id());
    }

    private static List<Long> firsts(List<PartRow> parts) {
        return parts.stream().map(PartRow::first).toList();
    }

    /** @return false if it cannot be read now */
    private boolean complete(RunId run, PartRow part) throws IOException {
        PartName name = PartName.part(run, part.first());
        NewPart there;
        try {
            there = PartFile.read(core.area(part.medium()), name).entering(part.medium());
        } catch (IOException e) {
            core.problem(name + " on medium '" + part.medium() + "' could not be looked at again, and files may be in"
                    + " no list until it can be, which is tried whenever media are looked at: " + Reason.of(e));
            return false;
        }
        core.tables().call(connection -> {
            new Entering(connection).complete(there);
            return there;
        });
        return true;
    }
}
