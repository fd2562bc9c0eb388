package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.api.fs.FileName;
import org.hikae.files.center.table.EntryRow.Taken;

/**
 * Asks for versions of one backup, page by page.
 *
 * @param path null: all paths
 * @param recursive whether what is in the folder of that path is meant too
 * @param at those that the run of this number had; -1: of any run
 * @param current those alone that no later run has replaced, if {@code at} is -1
 */
public record VersionQuery(long backup, FileName path, boolean recursive, long at, boolean current) {

    /** A place between versions: behind one of this path and run. */
    public record Cursor(byte[] key, long number) {

        public static final Cursor BEGIN = new Cursor(EntryRow.FIRST, 0);

        public static Cursor behind(EntryRow entry) {
            return new Cursor(PathKey.of(entry.path()), entry.number());
        }
    }

    /** Keys from one on to before another. */
    private record Range(byte[] from, byte[] to) {}

    /** By path and run, those behind the cursor, so many at most: fewer only if there are no more. */
    public List<Taken> page(Connection connection, Cursor cursor, int limit) throws SQLException {
        List<Taken> found = new ArrayList<>();
        for (Range range : ranges()) {
            Cursor from = cursor;
            int asked = limit - found.size();
            while (asked > 0) {
                List<Taken> some = page(connection, range, from, asked);
                some.stream().filter(each -> isMeant(each.entry().path())).forEach(found::add);
                if (some.size() < asked) {
                    break;
                }
                from = Cursor.behind(some.get(some.size() - 1).entry());
                asked = limit - found.size();
            }
        }
        return found;
    }

    private List<Taken> page(Connection connection, Range range, Cursor cursor, int limit) throws SQLException {
        byte[] from = Arrays.compareUnsigned(cursor.key, range.from) > 0 ? cursor.key : range.from;
        long most = at >= 0 ? at : Long.MAX_VALUE;
        // Of any run: until is 0 or above 0. Of the newest: it is 0, and nothing is above the greatest number.
        long after = at >= 0 ? at : current ? Long.MAX_VALUE : 0;
        return Sql.query(
                connection,
                "entry.page",
                Taken::read,
                backup,
                from,
                range.to,
                cursor.key,
                cursor.number,
                most,
                after,
                limit);
    }

    private List<Range> ranges() {
        if (path == null) {
            return List.of(new Range(EntryRow.FIRST, EntryRow.BEHIND));
        }
        byte[] own = PathKey.of(path);
        Range exact = new Range(own, Arrays.copyOf(own, own.length + 1));
        if (!recursive) {
            return List.of(exact);
        }
        byte[] head = PathKey.head(inside());
        Range tree = new Range(head, PathKey.behind(head));
        boolean apart = Arrays.compareUnsigned(own, head) < 0;
        return apart ? List.of(exact, tree) : List.of(tree);
    }

    /** What paths in the folder begin with. */
    private byte[] inside() {
        byte[] bytes = path.bytes();
        if (bytes.length > 0 && bytes[bytes.length - 1] == '/') {
            return bytes;
        }
        byte[] inside = Arrays.copyOf(bytes, bytes.length + 1);
        inside[bytes.length] = '/';
        return inside;
    }

    private boolean isMeant(FileName found) {
        if (path == null || found.equals(path)) {
            return true;
        }
        byte[] bytes = found.bytes();
        byte[] inside = inside();
        return recursive
                && bytes.length > inside.length
                && Arrays.equals(bytes, 0, inside.length, inside, 0, inside.length);
    }
}
