package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.fs.FileName;
import org.hikae.files.center.table.EntryRow.Content;
import org.hikae.files.center.table.EntryRow.Kind;
import org.hikae.files.center.table.EntryRow.Place;
import org.hikae.files.center.table.NewEntry.Elsewhere;
import org.hikae.files.center.table.NewEntry.None;
import org.hikae.files.center.table.NewEntry.Other;
import org.hikae.files.center.table.NewEntry.Own;

/**
 * Enters parts, in the transaction of whoever calls. Parts may come in any order, as they do when the tables are made anew: what each
 * version is followed by is the same in the end.
 */
public final class Entering {

    private final Connection connection;

    public Entering(Connection connection) {
        this.connection = connection;
    }

    /**
     * As {@link #enter}, and notes that the history lacks the transfer that it came with: whatever happens, the history gets that note or the
     * transfer itself.
     *
     * @param entered milliseconds since 1970
     */
    public RunRow receive(NewPart part, long entered) throws SQLException {
        return enter(part, entered);
    }

    /**
     * Enters a part; nothing if it is entered already, or its run was released.
     *
     * @return what is durable of its run now
     */
    public RunRow enter(NewPart part) throws SQLException {
        return enter(part, -1);
    }

    private RunRow enter(NewPart part, long entered) throws SQLException {
        BackupRow backup = BackupRow.make(connection, part.origin(), part.backup());
        RunRow run = RunRow.make(connection, backup.id(), part.number(), part.base(), part.taken(), part.info());
        if (run.state() == RunRow.State.RELEASED || isThere(run.id(), part.row())) {
            return run;
        }
        long open = open(run.id(), part.row());
        withRun(part.row(), run.id(), open).insert(connection);
        noteLate(backup, run, part.row());
        List<EntryRow> rows = rows(part, backup.id(), run.id(), open);
        end(rows);
        insert(rows);
        if (entered >= 0) {
            Unrecorded.of(part, entered).insert(connection);
        }
        if (run.state() == RunRow.State.DROPPED) {
            backup.sweep(connection, true);
        }
        return refresh(backup, run);
    }

    /** Notes what is to be read again, if the part comes later than what goes on from it, or may refer to it. */
    private void noteLate(BackupRow backup, RunRow run, PartRow part) throws SQLException {
        long behind = PartRow.after(connection, run.id(), part.end());
        if (behind >= 0) {
            Backlog.behind(connection, run.id(), behind);
        }
        if (behind >= 0 || RunRow.last(connection, backup.id()) > run.number()) {
            Backlog.entered(backup, connection);
        }
    }

    /**
     * Adds what a part says that is entered already, as far as it is not there because what was before it was entered later, or was lost and
     * came again: files that began in an earlier part, and content that lies in one. The parts of a run one after the other, and those
     * that are referred to first. Nothing if it is not entered.
     */
    public void complete(NewPart part) throws SQLException {
        BackupRow backup = BackupRow.make(connection, part.origin(), part.backup());
        RunRow run = RunRow.find(connection, backup.id(), part.number()).orElse(null);
        if (run == null || !PartRow.isThere(connection, run.id(), part.row().first())) {
            return;
        }
        long open = open(run.id(), part.row());
        PartRow now = withRun(part.row(), run.id(), open);
        now.delete(connection);
        now.insert(connection);
        List<EntryRow> absent = new ArrayList<>();
        for (EntryRow row : rows(part, backup.id(), run.id(), open)) {
            EntryRow there = EntryRow.at(connection, row.place()).orElse(null);
            if (there == null) {
                absent.add(row);
            } else if (row.content() != null) {
                row.found(connection);
            }
        }
        end(absent);
        insert(absent);
        if (run.state() == RunRow.State.DROPPED && !absent.isEmpty()) {
            backup.sweep(connection, true);
        }
    }

    /** Where the file that is open before a part begins; 0 if none is, or that is not known. */
    private long open(long run, PartRow part) throws SQLException {
        Optional<PartRow> before =
                part.first() == 0 ? Optional.empty() : PartRow.with(connection, run, part.first() - 1);
        return before.map(PartRow::open).map(PartRow.Open::position).orElse(0L);
    }

    /** Whether another part of its run is entered that has some of its frames: then it is not entered. */
    public boolean overlaps(NewPart part) throws SQLException {
        BackupRow backup = BackupRow.make(connection, part.origin(), part.backup());
        Optional<RunRow> run = RunRow.find(connection, backup.id(), part.number());
        return run.isPresent() && isThere(run.get().id(), part.row());
    }

    /** Whether frames of it are: parts that are entered do not overlap. */
    private boolean isThere(long run, PartRow part) throws SQLException {
        return PartRow.list(connection, run).stream()
                .anyMatch(each -> each.first() < part.end() && part.first() < each.end());
    }

    /** @param position of the frame in which its open file begins, if that is in an earlier part */
    private static PartRow withRun(PartRow part, long run, long position) {
        PartRow.Open open = part.open();
        if (open != null && open.frame() < part.first()) {
            open = new PartRow.Open(open.frame(), open.item(), position);
        }
        return part.of(run, open);
    }

    /** The entries as rows; one that the same part replaces has ended. */
    private List<EntryRow> rows(NewPart part, long backup, long run, long open) throws SQLException {
        Map<FileName, Integer> last = new HashMap<>();
        List<EntryRow> rows = new ArrayList<>();
        Map<Place, EntryRow> here = new HashMap<>();
        Followers followers = new Followers(backup, run, part);
        for (NewEntry entry : part.entries()) {
            Integer replaced = last.put(entry.path(), rows.size());
            if (replaced != null) {
                rows.set(replaced, withUntil(rows.get(replaced), part.number()));
            }
            long position = position(part, entry, open);
            EntryRow row = row(entry, backup, new Place(run, entry.frame(), entry.item()), position, part, here);
            row = withUntil(row, followers.of(row));
            here.put(row.place(), row);
            rows.add(row);
        }
        return rows;
    }

    /** @param open of what began in an earlier part: where that says */
    private static long position(NewPart part, NewEntry entry, long open) {
        long index = entry.frame() - part.row().first();
        return index < 0 ? open : part.positions()[(int) index];
    }

    private EntryRow row(
            NewEntry entry, long backup, Place place, long position, NewPart part, Map<Place, EntryRow> here)
            throws SQLException {
        Content content = entry.gone() ? null : content(entry, place, position, backup, part, here);
        boolean missing = !entry.gone() && content == null && !(entry.content() instanceof None);
        return new EntryRow(
                place,
                entry.last(),
                position,
                backup,
                part.number(),
                0,
                entry.path(),
                entry.gone() ? Kind.GONE : Kind.VERSION,
                entry.type(),
                entry.size(),
                entry.modified(),
                entry.sha256(),
                entry.doubt(),
                content,
                missing);
    }

    /** Null if there is none, or it is not here. */
    private Content content(
            NewEntry entry, Place place, long position, long backup, NewPart part, Map<Place, EntryRow> here)
            throws SQLException {
        if (entry.content() instanceof None || entry.content() instanceof Elsewhere) {
            return null;
        } else if (entry.content() instanceof Own) {
            boolean whole = isWhole(place.run(), entry.frame(), part.row().first());
            return whole ? new Content(place, entry.last(), position) : null;
        }
        Other other = (Other) entry.content();
        long run = other.number() == part.number()
                ? place.run()
                : RunRow.find(connection, backup, other.number())
                        .map(RunRow::id)
                        .orElse(-1L);
        Place there = new Place(run, other.frame(), other.item());
        EntryRow holder = here.get(there);
        if (holder == null) {
            holder = EntryRow.at(connection, there).orElse(null);
        }
        return holder == null ? null : holder.content();
    }

    /** Whether all frames from one on up to this part are here. */
    private boolean isWhole(long run, long frame, long first) throws SQLException {
        if (frame >= first) {
            return true;
        }
        long next = -1;
        for (PartRow each : PartRow.list(connection, run)) {
            if (next < 0 ? each.first() <= frame && frame < each.end() : each.first() == next) {
                next = each.end();
            }
            if (next == first) {
                return true;
            }
        }
        return false;
    }

    static EntryRow withUntil(EntryRow row, long until) {
        return new EntryRow(
                row.place(),
                row.last(),
                row.position(),
                row.backup(),
                row.number(),
                until,
                row.path(),
                row.kind(),
                row.type(),
                row.size(),
                row.modified(),
                row.sha256(),
                row.doubt(),
                row.content(),
                row.missing());
    }

    /** What comes after an entry: mostly nothing, for runs and their parts come in their order. */
    private final class Followers {

        private final long backup;
        private final long number;
        private final long full;
        private final boolean later;

        Followers(long backup, long run, NewPart part) throws SQLException {
            this.backup = backup;
            this.number = part.number();
            this.later = RunRow.last(connection, backup) > number
                    || PartRow.after(connection, run, part.row().end()) >= 0;
            this.full = later ? Sql.number(connection, "run.full.after", backup, number) : 0;
        }

        long of(EntryRow row) throws SQLException {
            if (!later) {
                return 0;
            }
            EntryRow.Place at = row.place();
            long next = Sql.number(
                    connection,
                    "entry.after",
                    backup,
                    PathKey.of(row.path()),
                    number,
                    number,
                    at.frame(),
                    at.frame(),
                    at.item());
            return next == 0 || full == 0 ? Math.max(next, full) : Math.min(next, full);
        }
    }

    /** Ends what was there before the rows. */
    private void end(List<EntryRow> rows) throws SQLException {
        Sql.batch(connection, "entry.end", rows, (statement, row) -> {
            byte[] key = PathKey.of(row.path());
            EntryRow.Place at = row.place();
            long number = row.number();
            Sql.set(statement, number, row.backup(), key, number, number, number, at.frame(), at.frame(), at.item());
        });
    }

    private void insert(List<EntryRow> rows) throws SQLException {
        if (rows.stream().anyMatch(EntryRow::missing)) {
            Backlog.missing(connection, rows.get(0).backup());
        }
        Sql.batch(connection, "entry.insert", rows, (statement, row) -> row.bind(statement));
    }

    /** Counts again what is durable of a run. */
    public RunRow refresh(BackupRow backup, RunRow run) throws SQLException {
        long durable = 0;
        boolean ended = false;
        for (PartRow part : PartRow.list(connection, run.id())) {
            if (part.first() == durable) {
                durable = part.end();
                ended = part.ended();
            }
        }
        if (run.state() != RunRow.State.KEPT) {
            return run;
        }
        run.update(connection, durable, ended);
        if (ended && run.base() == 0) {
            endAll(run);
            backup.hasFull(connection, run.number());
        }
        return RunRow.find(connection, backup.id(), run.number()).orElseThrow();
    }

    /** Forgets everything that is on media, but nothing of requests and transfers. */
    public void clear() throws SQLException {
        for (String each : List.of(
                "clear.whole",
                "clear.behind",
                "clear.missing",
                "clear.use",
                "clear.slim",
                "clear.common",
                "clear.large",
                "clear.entry",
                "clear.part",
                "clear.run",
                "clear.backup")) {
            Sql.update(connection, each);
        }
    }

    /** What a full run does not name is gone with it. */
    public void endAll(RunRow full) throws SQLException {
        Sql.update(connection, "entry.end.full", full.number(), full.backup(), full.number(), full.number());
    }

    /**
     * Takes a part out that is not on the medium any more, and what it said.
     *
     * @return the versions that cannot be read any more, at most so many
     */
    public List<EntryRow> forget(BackupRow backup, RunRow run, PartRow part, int most) throws SQLException {
        List<EntryRow> lost = remove(run, part, most);
        if (EntryRow.lose(connection, run.id(), part.first(), part.end())) {
            Backlog.missing(connection, backup.id());
        }
        refresh(backup, run);
        return lost;
    }

    /** Removes a part and its entries, of which it gives so many versions at most. */
    List<EntryRow> remove(RunRow run, PartRow part, int most) throws SQLException {
        List<EntryRow> lost = new ArrayList<>();
        for (EntryRow entry : EntryRow.in(connection, run.id(), part.first(), part.end())) {
            if (entry.kind() == Kind.VERSION && lost.size() < most) {
                lost.add(entry);
            }
            remove(entry);
        }
        part.delete(connection);
        return lost;
    }

    /** Removes an entry; what was before it on its path lasts until what comes behind it. */
    private void remove(EntryRow entry) throws SQLException {
        entry.delete(connection);
        entry.bridge(connection);
    }
}
