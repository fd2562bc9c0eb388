package org.hikae.files.center.collect;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Transfer;
import org.hikae.files.center.authority.Peers;
import org.hikae.files.center.store.RunText;
import org.hikae.files.center.table.DoneRow;
import org.hikae.files.center.table.RequestRow;
import org.hikae.files.center.table.Tables;
import org.hikae.files.center.table.TransferRow;
import org.hikae.files.center.table.Unrecorded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a ledger's rows, each under the next number. Nobody else does. Used by one thread at a time. */
final class LedgerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);

    private static final int PAGE = 1000;

    private final Tables tables;
    private final long mostDone;
    private final long mostTransfers;
    private Last last;

    /** What was to be written last, if nobody knows whether it is; null: it is known. */
    private Unwritten doubtful;

    /** The greatest numbers that are used. */
    private record Last(long request, long done, long transfer) {

        static Last read(Connection connection) throws SQLException {
            return new Last(RequestRow.last(connection), DoneRow.last(connection), TransferRow.last(connection));
        }

        /** Never back: a row that was removed had a number too. */
        Last with(Last other) {
            return new Last(
                    Math.max(request, other.request), Math.max(done, other.done), Math.max(transfer, other.transfer));
        }
    }

    /**
     * @param mostDone requests that are kept of those that are done
     * @param mostTransfers that are kept
     * @throws IOException if the tables cannot be read
     */
    LedgerWriter(Tables tables, long mostDone, long mostTransfers) throws IOException {
        this.tables = tables;
        this.mostDone = mostDone;
        this.mostTransfers = mostTransfers;
        this.last = tables.call(Last::read);
    }

    /** What was not written the last time, if it was not. To be asked before more is written. @throws IOException if nobody knows */
    Optional<Unwritten> settle() throws IOException {
        if (doubtful == null) {
            return Optional.empty();
        }
        Last there = tables.call(Last::read).with(last);
        Unwritten left = there.equals(last) ? doubtful : null;
        last = there;
        doubtful = null;
        return Optional.ofNullable(left);
    }

    /** Writes it in one transaction. @throws IOException if that failed, or nobody knows: {@link #settle} tells */
    void write(Unwritten taken) throws IOException {
        List<RequestRow.New> requests = new ArrayList<>();
        for (Optional<Ledger.Arrival> each : taken.requests.values()) {
            each.ifPresent(arrival -> requests.add(
                    new RequestRow.New(arrival.run().id(), row(last.request + requests.size() + 1, arrival))));
        }
        List<DoneRow> done = new ArrayList<>();
        taken.done.forEach(each -> done.add(row(last.done + done.size() + 1, each)));
        List<TransferRow> transfers = new ArrayList<>();
        taken.transfers.forEach(each -> transfers.add(new TransferRow(last.transfer + transfers.size() + 1, each)));
        List<Unrecorded.Key> recorded = taken.transfers.stream()
                .map(each -> new Unrecorded.Key(each.run(), each.firstFrame()))
                .toList();
        doubtful = taken;
        tables.call(connection -> {
            RequestRow.remove(connection, taken.requests.keySet());
            RequestRow.insert(connection, requests);
            insert(connection, done);
            record(connection, transfers);
            Unrecorded.remove(connection, recorded);
            return taken;
        });
        doubtful = null;
        last = new Last(last.request + requests.size(), last.done + done.size(), last.transfer + transfers.size());
    }

    private static RequestRow row(long id, Ledger.Arrival arrival) {
        return new RequestRow(
                id, RunText.write(arrival.run()), arrival.arrived().toEpochMilli());
    }

    private static DoneRow row(long id, Ledger.Done done) {
        return new DoneRow(
                id,
                RunText.write(done.run()),
                done.arrived().toEpochMilli(),
                done.ended().toEpochMilli());
    }

    /** Inserts, and forgets as many of the oldest as are too many. */
    private void insert(Connection connection, List<DoneRow> done) throws SQLException {
        DoneRow.insert(connection, done);
        if (!done.isEmpty()) {
            DoneRow.removeUpTo(connection, done.get(done.size() - 1).id() - mostDone);
        }
    }

    private void record(Connection connection, List<TransferRow> transfers) throws SQLException {
        TransferRow.insert(connection, transfers);
        if (!transfers.isEmpty()) {
            TransferRow.removeUpTo(
                    connection, transfers.get(transfers.size() - 1).id() - mostTransfers);
        }
    }

    /** Makes rows of parts of which the history has nothing, each page in one transaction. */
    void findTransfers() throws IOException {
        int looked = PAGE;
        while (looked == PAGE) {
            looked = tables.call(connection -> {
                List<Unrecorded> parts = Unrecorded.oldest(connection, PAGE);
                List<TransferRow> found = new ArrayList<>();
                long next = TransferRow.last(connection) + 1;
                for (Unrecorded each : parts) {
                    if (!TransferRow.isKnown(connection, each.key())) {
                        found.add(new TransferRow(next + found.size(), found(each)));
                    }
                }
                record(connection, found);
                Unrecorded.remove(
                        connection, parts.stream().map(Unrecorded::key).toList());
                return parts.size();
            });
        }
        last = tables.call(Last::read).with(last);
    }

    private static Transfer found(Unrecorded part) {
        Instant entered = Instant.ofEpochMilli(part.entered());
        return new Transfer(
                part.run(),
                Peers.peerOf(part.run().origin()),
                "",
                entered,
                entered,
                part.first(),
                part.frames(),
                part.bytes(),
                part.ended() ? "complete" : "part",
                false,
                "found by what it brought: nothing else is known of it");
    }

    /** Makes requests done whose runs are here, each page in one transaction. @param now when that was found */
    void findDone(Instant now) throws IOException {
        List<RequestRow> over = List.of();
        do {
            over = tables.call(connection -> RequestRow.over(connection, PAGE));
            List<Ledger.Done> done = new ArrayList<>();
            for (RequestRow each : over) {
                run(each).ifPresent(run -> done.add(new Ledger.Done(run, Instant.ofEpochMilli(each.arrived()), now)));
            }
            List<Long> ids = over.stream().map(RequestRow::id).toList();
            tables.call(connection -> {
                List<DoneRow> rows = new ArrayList<>();
                long next = DoneRow.last(connection) + 1;
                done.forEach(each -> rows.add(row(next + rows.size(), each)));
                insert(connection, rows);
                RequestRow.removeIds(connection, ids);
                return ids;
            });
        } while (over.size() == PAGE);
        last = tables.call(Last::read).with(last);
    }

    /** Empty if the row is damaged: its sender announces it again. */
    static Optional<RunInfo> run(RequestRow row) {
        try {
            return Optional.of(RunText.read(row.info()));
        } catch (IOException e) {
            LOG.warn("request {} cannot be read, and waits until it is announced again", row.id(), e);
            return Optional.empty();
        }
    }
}
