package org.hikae.files.center.table;

import java.io.IOException;
import java.time.Duration;
import org.hikae.sql.Database;
import org.hikae.sql.Target;

/**
 * The center's tables. What is done at once is one transaction, one after the other. They can be lost: what is in them is on media.
 * Thread-safe.
 */
public final class Tables {

    /** A part with many small files is entered in seconds; others may come first. */
    private static final Duration USUAL = Duration.ofMinutes(10);

    private static final Duration LONG = Duration.ofHours(24);
    private static final Duration AT_END = Duration.ofSeconds(5);

    private final Database database;

    public Tables(Target target) {
        database = new Database(target, Sql.schema());
    }

    /**
     * Does it in one transaction.
     *
     * @throws IOException if the database cannot be used: nothing has changed then, unless it did not answer for long
     */
    public <T> T call(Database.Work<T> work) throws IOException {
        return database.call(USUAL, work);
    }

    /** As {@link #call}, and makes the database anew if it cannot be used otherwise: then the tables are empty. */
    public <T> T callAnew(Database.Work<T> work) throws IOException {
        return database.callAnew(LONG, work);
    }

    /** Idempotent. */
    public void close() {
        database.close(AT_END);
    }
}
