package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.hikae.files.center.table.EntryRow.Kind;

/**
 * Removes from the tables what no kept run of a backup has, in the transaction of whoever calls, piece by piece. What was before on a
 * path then lasts until what comes behind: no kept run tells the difference, and the tables are the same if they are made anew from
 * what is left on the media.
 */
public final class Sweep {

    private final Connection connection;
    private final BackupRow backup;
    /** Numbers of the runs that are kept, ascending. */
    private final long[] kept;

    public Sweep(Connection connection, BackupRow backup) throws SQLException {
        this.connection = connection;
        this.backup = backup;
        this.kept = RunRow.list(connection, backup.id()).stream()
                .filter(run -> run.state() == RunRow.State.KEPT)
                .mapToLong(RunRow::number)
                .toArray();
    }

    /**
     * How far it has come.
     *
     * @param next where to go on; null: all is done
     * @param versions that were removed
     */
    public record Step(byte[] next, long versions) {}

    /** Where to begin. */
    public static byte[] begin() {
        return EntryRow.FIRST;
    }

    /** Looks at some paths. @param rows of the tables, about */
    public Step step(byte[] from, int rows) throws SQLException {
        List<EntryRow> found = Sql.query(connection, "entry.paths", EntryRow::read, backup.id(), from, rows);
        if (found.isEmpty()) {
            return new Step(null, 0);
        }
        EntryRow last = found.get(found.size() - 1);
        boolean all = found.size() < rows;
        long versions = 0;
        for (int begin = 0, end; begin < found.size(); begin = end) {
            end = begin + 1;
            while (end < found.size()
                    && found.get(end).path().equals(found.get(begin).path())) {
                end++;
            }
            boolean cut = end == found.size() && !all;
            List<EntryRow> chain = cut ? Chain.of(connection, backup.id(), last.path()) : found.subList(begin, end);
            versions += sweep(chain);
        }
        byte[] key = PathKey.of(last.path());
        return new Step(all ? null : Arrays.copyOf(key, key.length + 1), versions);
    }

    private long sweep(List<EntryRow> chain) throws SQLException {
        long versions = 0;
        EntryRow before = null;
        long until = 0;
        for (EntryRow entry : chain) {
            boolean gone = entry.kind() == Kind.GONE;
            boolean stays = gone ? before != null && before.kind() == Kind.VERSION : isWanted(entry);
            if (stays) {
                extend(before, until);
                before = entry;
            } else {
                versions += gone ? 0 : 1;
                remove(entry);
            }
            until = entry.until();
        }
        extend(before, until);
        return versions;
    }

    private void extend(EntryRow entry, long until) throws SQLException {
        if (entry != null && entry.until() != until) {
            entry.setUntil(connection, until);
        }
    }

    private void remove(EntryRow entry) throws SQLException {
        if (entry.kind() == Kind.VERSION && entry.holdsContent()) {
            entry.hold(connection);
        } else {
            entry.delete(connection);
        }
    }

    /** Whether a kept run has it. */
    private boolean isWanted(EntryRow version) {
        int at = Arrays.binarySearch(kept, version.number());
        int first = at < 0 ? -at - 1 : at;
        return first < kept.length && (version.until() == 0 || kept[first] < version.until());
    }

    /** Removes what was held for its content alone, which nobody has any more. */
    public void unhold() throws SQLException {
        Sql.update(connection, "entry.unheld", backup.id());
    }

    /** Removes parts of dropped runs in which nothing is wanted, and runs of which nothing is left; gives these parts. */
    public List<Removed> parts() throws SQLException {
        List<Removed> removed = new ArrayList<>();
        for (RunRow run : RunRow.list(connection, backup.id())) {
            if (run.state() == RunRow.State.DROPPED) {
                removeParts(run, removed);
            }
        }
        backup.sweep(connection, false);
        return removed;
    }

    /** A part that is not in the tables any more. */
    public record Removed(RunRow run, PartRow part) {}

    private void removeParts(RunRow run, List<Removed> removed) throws SQLException {
        List<PartRow> parts = PartRow.list(connection, run.id());
        BitSet needed = needed(parts, run.id());
        for (int i = 0; i < parts.size(); i++) {
            if (!needed.get(i)) {
                parts.get(i).delete(connection);
                removed.add(new Removed(run, parts.get(i)));
            }
        }
        boolean ends = run.base() == 0 && Sql.number(connection, "entry.ends", backup.id(), run.number()) > 0;
        if (needed.isEmpty() && !ends) {
            run.delete(connection);
        }
    }

    /** Parts by their index in which there is something of what the tables have. */
    private BitSet needed(List<PartRow> parts, long run) throws SQLException {
        long[] firsts = parts.stream().mapToLong(PartRow::first).toArray();
        BitSet needed = new BitSet();
        List<long[]> spans = parts.isEmpty()
                ? List.of()
                : Sql.query(
                        connection, "entry.frames", result -> new long[] {result.getLong(1), result.getLong(2)}, run);
        for (long[] span : spans) {
            needed.set(Math.max(0, floor(firsts, span[0])), Math.max(0, floor(firsts, span[1])) + 1);
        }
        return needed;
    }

    private static int floor(long[] firsts, long frame) {
        int at = Arrays.binarySearch(firsts, frame);
        return at < 0 ? -at - 2 : at;
    }
}
