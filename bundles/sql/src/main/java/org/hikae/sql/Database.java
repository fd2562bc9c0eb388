package org.hikae.sql;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, opened when it is first needed. Thread-safe: everything is done by one thread of its own. An interrupt of a
 * caller would close the file that H2 has open, and a caller waits for a while only, for a server that does not answer.
 */
public final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** How long a connection may take to say that it still is one. */
    private static final int ALIVE_SECONDS = 5;

    private final Target target;
    private final Migrations migrations;
    private final ExecutorService thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Database::thread);

    /** Null: not open. Used by the thread alone. */
    private Connection connection;

    public Database(Target target, Migrations migrations) {
        this.target = target;
        this.migrations = migrations;
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hikae-catalog", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Does it in a transaction, and waits so long at most.
     *
     * @throws IOException if the database cannot be used, or is busy for longer: nothing has changed in the first case
     */
    public <T> T call(Duration patience, Work<T> work) throws IOException {
        return await(patience, () -> usable(work));
    }

    /**
     * As {@link #call}, but makes the database anew where that does not work: the file in the home, if nobody else has it open,
     * and keeps the old one. If the new one does not work either, everything is as before.
     */
    public <T> T callAnew(Duration patience, Work<T> work) throws IOException {
        return await(patience, () -> {
            try {
                return attempt(work);
            } catch (SQLException | RuntimeException e) {
                if (!target.isOwnFile()
                        || target.isInUse(e)
                        || Files.notExists(target.file().path())) {
                    throw problem(e);
                }
                return inNewFile(work, problem(e));
            }
        });
    }

    private <T> T inNewFile(Work<T> work, IOException why) throws IOException {
        Path aside = target.file().setAside(Instant.now());
        try {
            T result = attempt(work);
            LOG.warn("the catalog was made anew, and the old one is kept as {}, because: {}", aside, Reason.of(why));
            return result;
        } catch (IOException | SQLException | RuntimeException e) {
            target.file().putBack(aside);
            throw problem(e);
        }
    }

    private <T> T usable(Work<T> work) throws IOException {
        try {
            return attempt(work);
        } catch (SQLException | RuntimeException e) {
            throw problem(e);
        }
    }

    private <T> T attempt(Work<T> work) throws IOException, SQLException {
        boolean done = false;
        try {
            Connection open = open();
            T result = work.on(open);
            open.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                giveUp();
            }
        }
    }

    private Connection open() throws IOException, SQLException {
        if (connection != null && !connection.isValid(ALIVE_SECONDS)) {
            giveUp();
        }
        if (connection == null) {
            connection = target.connect();
            migrations.apply(connection);
        }
        return connection;
    }

    /** Nobody knows what a connection is good for with which something failed. */
    private void giveUp() {
        Connection bad = connection;
        connection = null;
        if (bad == null) {
            return;
        }
        try (bad) {
            bad.rollback();
        } catch (SQLException | RuntimeException e) {
            LOG.debug(
                    "a connection to the database of the catalog ended badly ({})",
                    e.getClass().getName());
        }
    }

    /** Without the failure as its cause: a driver's messages may have the login, and causes are shown and logged. */
    private IOException problem(Exception failure) {
        return new IOException(target.problem(failure));
    }

    private <T> T await(Duration patience, Callable<T> work) throws IOException {
        Future<T> answer = null;
        try {
            answer = thread.submit(work);
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException(
                    "the catalog is closed: the platform is being stopped, or its configuration changed", e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the catalog's database " + target.shown() + " has not answered for " + patience.toSeconds()
                            + " s; try again later",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the catalog");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(target.problem(e.getCause()), e);
        } finally {
            if (answer != null) {
                answer.cancel(false);
            }
        }
    }

    /** Closes it, and waits so long at most; a database that does not answer then is left alone. Idempotent. */
    public void close(Duration patience) {
        try {
            thread.execute(this::giveUp);
        } catch (RejectedExecutionException e) {
            return;
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the catalog's database {} does not answer, and is left alone", target.shown());
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
