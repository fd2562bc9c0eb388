package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Large content, and where equal content may be, by what was said of it: whoever goes by that compares the bytes. */
public final class LargeContent {

    private LargeContent() {}

    /** Content of at least so many bytes of which something lies in a part, as far as what has it is entered. */
    public static List<EntryRow> in(Connection connection, PartRow part, long least) throws SQLException {
        List<EntryRow> all = new ArrayList<>();
        Optional<PartRow> before =
                part.first() == 0 ? Optional.empty() : PartRow.with(connection, part.run(), part.first() - 1);
        if (before.isPresent() && before.get().open() != null) {
            PartRow.Open open = before.get().open();
            EntryRow.at(connection, new EntryRow.Place(part.run(), open.frame(), open.item()))
                    .filter(entry -> entry.holdsContent() && entry.size() >= least && entry.sha256() != null)
                    .ifPresent(all::add);
        }
        all.addAll(Sql.query(connection, "large.own", EntryRow::read, part.run(), part.first(), part.end(), least));
        return all;
    }

    /** Lets it be found. @return whether it was not yet */
    public static boolean add(Connection connection, EntryRow entry) throws SQLException {
        EntryRow.Place at = entry.place();
        if (Sql.number(connection, "large.count", at.run(), at.frame(), at.item()) > 0) {
            return false;
        }
        Sql.update(connection, "large.insert", at.run(), at.frame(), at.item(), entry.sha256());
        return true;
    }

    /** Others of which the same was said, and something lies on a medium, the oldest first. */
    public static List<EntryRow> equal(Connection connection, EntryRow entry, String medium, int limit)
            throws SQLException {
        EntryRow.Place at = entry.place();
        return Sql.query(
                connection,
                "large.equal",
                EntryRow::read,
                entry.sha256(),
                entry.size(),
                at.run(),
                at.frame(),
                at.item(),
                medium,
                limit);
    }
}
