package org.hikae.files.center.collect;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Transfer;
import org.hikae.files.center.store.RunText;
import org.hikae.files.center.table.DoneRow;
import org.hikae.files.center.table.RequestRow;
import org.hikae.files.center.table.Tables;
import org.hikae.files.center.table.TransferRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger in the center's tables. A thread of its own writes what has come in the meantime, in few transactions however much that
 * is, a second after it came if the database is not busy. Whoever reads, reads what was told before. The newest 100,000 requests that are
 * done and 1,000,000 transfers are kept.
 */
public final class StoredLedger implements Ledger, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(StoredLedger.class);

    private static final long MOST_DONE = 100_000;
    private static final long MOST_TRANSFERS = 1_000_000;

    /** Rows of each kind that are written in one transaction. */
    private static final int BATCH = 5000;

    private static final int PAGE = 1000;
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(20);

    private final Tables tables;
    private final InstantSource clock;
    private final Thread thread = new Thread(null, this::run, "hikae-history", 0, false);
    /** Guarded by itself. */
    private final Unwritten unwritten = new Unwritten();
    /** Guarded by {@code unwritten}. */
    private boolean closed;

    /** Nothing more is written: whoever opens the tables next is the only one who does. */
    private volatile boolean abandoned;

    /** Transactions so far. */
    private final AtomicLong written = new AtomicLong();

    /** Held while something is written, so that all is in its order; guards the writer. */
    private final Object writing = new Object();

    private final LedgerWriter writer;
    /** Why it could not be written last; null: it could. Used by the thread alone. */
    private String problem;

    StoredLedger(Tables tables, InstantSource clock, long mostDone, long mostTransfers) throws IOException {
        this.tables = tables;
        this.clock = clock;
        this.writer = new LedgerWriter(tables, mostDone, mostTransfers);
        thread.setDaemon(true);
        thread.start();
    }

    /** @throws IOException if the tables cannot be read */
    public static StoredLedger open(Tables tables, InstantSource clock) throws IOException {
        return new StoredLedger(tables, clock, MOST_DONE, MOST_TRANSFERS);
    }

    private void run() {
        boolean more = true;
        while (more) {
            more = await();
            try {
                write();
                problem = null;
            } catch (IOException | RuntimeException e) {
                if (!e.toString().equals(problem)) {
                    problem = e.toString();
                    LOG.warn("the collection table and the history cannot be written now: {}", problem);
                }
            }
        }
    }

    /** Waits until there is something, and more may have come. @return false: it has been closed */
    private boolean await() {
        synchronized (unwritten) {
            try {
                while (unwritten.isEmpty() && !closed) {
                    unwritten.wait();
                }
                if (!closed) {
                    unwritten.wait(GATHER.toMillis());
                }
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but to end it.
                return false;
            }
            return !closed;
        }
    }

    /** Writes all that came before. @throws IOException if something cannot be written: it stays here, as far as there is room */
    private void write() throws IOException {
        synchronized (writing) {
            Optional<Unwritten> left = writer.settle();
            if (left.isPresent()) {
                putBack(left.get());
            }
            while (true) {
                if (abandoned) {
                    throw new IOException("the tables have not answered for long, and nothing more is written");
                }
                Unwritten taken;
                synchronized (unwritten) {
                    taken = unwritten.take(BATCH);
                }
                if (taken.isEmpty()) {
                    return;
                }
                writer.write(taken);
                written.incrementAndGet();
            }
        }
    }

    private void putBack(Unwritten taken) {
        int lost;
        synchronized (unwritten) {
            lost = unwritten.putBack(taken);
        }
        if (lost > 0) {
            LOG.warn("{} rows of the collection table and the history are lost: there was no room for them", lost);
        }
    }

    @Override
    public void resume(Consumer<Arrival> waiting) throws IOException {
        synchronized (writing) {
            write();
            writer.findTransfers();
            writer.findDone(clock.instant());
        }
        arrivals(Sink.all(waiting));
    }

    @Override
    public void arrivals(Sink<Arrival> sink) throws IOException {
        page(0, (connection, from) -> RequestRow.page(connection, from, PAGE), RequestRow::id, row -> LedgerWriter.run(
                        row)
                .map(run -> sink.take(new Arrival(run, Instant.ofEpochMilli(row.arrived()))))
                .orElse(true));
    }

    @Override
    public long waiting() throws IOException {
        write();
        return tables.call(RequestRow::count);
    }

    @Override
    public void done(Sink<Done> sink) throws IOException {
        page(Long.MAX_VALUE, (connection, from) -> DoneRow.page(connection, from, PAGE), DoneRow::id, row -> done(row)
                .map(sink::take)
                .orElse(true));
    }

    private static Optional<Done> done(DoneRow row) {
        try {
            return Optional.of(new Done(
                    RunText.read(row.info()), Instant.ofEpochMilli(row.arrived()), Instant.ofEpochMilli(row.ended())));
        } catch (IOException e) {
            LOG.warn("row {} of what is done cannot be read, and is left out", row.id(), e);
            return Optional.empty();
        }
    }

    @Override
    public void transfers(String client, Sink<Transfer> sink) throws IOException {
        page(
                Long.MAX_VALUE,
                (connection, from) -> TransferRow.page(connection, client, from, PAGE),
                TransferRow::id,
                row -> sink.take(row.transfer()));
    }

    /** Reads rows from a place on. */
    private interface Pages<R> {
        List<R> from(Connection connection, long id) throws SQLException;
    }

    /** Gives rows page by page: others work in between, and memory is needed for one. */
    private <R> void page(long begin, Pages<R> pages, ToLongFunction<R> id, Predicate<R> wantsMore) throws IOException {
        write();
        long at = begin;
        List<R> page;
        do {
            long from = at;
            page = tables.call(connection -> pages.from(connection, from));
            for (R row : page) {
                if (!wantsMore.test(row)) {
                    return;
                }
                at = id.applyAsLong(row);
            }
        } while (page.size() == PAGE);
    }

    @Override
    public void arrived(RunInfo run, Instant arrived) {
        tell(() -> unwritten.requests.put(run.id(), Optional.of(new Arrival(run, arrived))));
    }

    @Override
    public void gone(RunId run) {
        tell(() -> unwritten.requests.put(run, Optional.empty()));
    }

    @Override
    public void done(RunInfo run, Instant arrived, Instant ended) {
        tell(() -> unwritten.done.add(new Done(run, arrived, ended)));
    }

    @Override
    public void transferred(Transfer transfer) {
        tell(() -> unwritten.transfers.add(transfer));
    }

    private void tell(Runnable what) {
        synchronized (unwritten) {
            boolean first = unwritten.isEmpty();
            what.run();
            if (first) {
                unwritten.notifyAll();
            }
        }
    }

    /**
     * Writes what is not written yet, which is waited for as long as it gets on. Idempotent; what it is told afterwards is written when it is
     * read, unless it did not get on.
     */
    @Override
    public void close() {
        synchronized (unwritten) {
            closed = true;
            unwritten.notifyAll();
        }
        try {
            long before;
            do {
                before = written.get();
                thread.join(PATIENCE_AT_END.toMillis());
            } while (thread.isAlive() && written.get() > before);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            abandoned = true;
            LOG.warn("the last of the collection table and the history could not be written; senders announce again"
                    + " what waits");
        }
    }
}
