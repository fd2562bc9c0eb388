package org.hikae.files.center.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Reason;
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

    /** The parts of a run from a frame on. */
    void from(RunId run, long frame) throws IOException {
        for (PartRow part : parts(run)) {
            if (part.first() >= frame) {
                complete(run, part);
            }
        }
    }

    /** Whatever of a backup refers to content that was not here. */
    void missing(String origin, String backup) throws IOException {
        SortedMap<Long, SortedSet<Long>> missing = core.tables().call(connection -> {
            BackupRow row = BackupRow.make(connection, origin, backup);
            return EntryRow.missing(connection, row.id());
        });
        for (Map.Entry<Long, SortedSet<Long>> each : missing.entrySet()) {
            RunId run = new RunId(origin, backup, each.getKey());
            for (PartRow part : parts(run)) {
                if (!each.getValue().subSet(part.first(), part.end()).isEmpty()) {
                    complete(run, part);
                }
            }
        }
    }

    private List<PartRow> parts(RunId run) throws IOException {
        return core.tables().call(connection -> {
            Optional<BackupRow> backup = BackupRow.find(connection, run.origin(), run.backup());
            Optional<RunRow> row = backup.isEmpty()
                    ? Optional.empty()
                    : RunRow.find(connection, backup.get().id(), run.number());
            return row.isEmpty()
                    ? List.of()
                    : PartRow.list(connection, row.get().id());
        });
    }

    private void complete(RunId run, PartRow part) throws IOException {
        PartName name = PartName.part(run, part.first());
        NewPart there;
        try {
            there = PartFile.read(core.area(part.medium()), name).entering(part.medium());
        } catch (IOException e) {
            core.problem(
                    name + " on medium '" + part.medium() + "' could not be looked at again, and files may be in no"
                            + " list until 'catalog rebuild': " + Reason.of(e));
            return;
        }
        core.tables().call(connection -> {
            new Entering(connection).complete(there);
            return there;
        });
    }
}
