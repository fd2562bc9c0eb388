package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Removes from the tables what no kept run of a backup has, in the transaction of whoever calls, run by run: hides versions, then takes out
 * the parts in which nothing is wanted, with all that they say. What says that a file is gone is wanted as long as a part is there
 * that has the file: if the tables were made anew from the media, it would be back else. So what is left is what the media have.
 */
public final class Sweep {

    private final Connection connection;
    private final BackupRow backup;

    public Sweep(Connection connection, BackupRow backup) {
        this.connection = connection;
        this.backup = backup;
    }

    /** Hides the versions of a run that no kept run has. @return how many */
    public long hide(RunRow run) throws SQLException {
        return Sql.update(connection, "entry.hide", run.id());
    }

    /** A part that is not in the tables any more. */
    public record Removed(RunRow run, PartRow part) {}

    /**
     * Takes out parts of dropped runs in which nothing is wanted, the oldest first.
     *
     * @return the parts, whose objects nobody needs
     */
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

    private void removeParts(RunRow run, List<Removed> removed) throws SQLException {
        List<PartRow> parts = PartRow.list(connection, run.id());
        BitSet needed = needed(parts, run.id());
        for (int i = 0; i < parts.size(); i++) {
            if (!needed.get(i)) {
                new Entering(connection).remove(run, parts.get(i), 0);
                removed.add(new Removed(run, parts.get(i)));
            }
        }
    }

    /**
     * Forgets dropped runs of which nothing is left, and which have ended nothing that is. Only when their objects are gone: as long as
     * there is one, it would bring the run back.
     *
     * @param there numbers of runs of which objects may be left
     */
    public int runs(Set<Long> there) throws SQLException {
        int forgotten = 0;
        for (RunRow run : RunRow.list(connection, backup.id())) {
            boolean nothing = run.state() == RunRow.State.DROPPED
                    && !there.contains(run.number())
                    && PartRow.after(connection, run.id(), 0) < 0;
            boolean ends = run.base() == 0 && Sql.number(connection, "entry.ends", backup.id(), run.number()) > 0;
            if (nothing && !ends) {
                run.delete(connection);
                forgotten++;
            }
        }
        return forgotten;
    }

    /** Parts by their index in which there is something that is wanted. */
    private BitSet needed(List<PartRow> parts, long run) throws SQLException {
        long[] firsts = parts.stream().mapToLong(PartRow::first).toArray();
        BitSet needed = new BitSet();
        List<long[]> spans = parts.isEmpty()
                ? List.of()
                : Sql.query(
                        connection, "entry.needed", result -> new long[] {result.getLong(1), result.getLong(2)}, run);
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
