package org.hikae.files.center.collect;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Transfer;
import org.hikae.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the ledger in a file. It is written once a second: what is lost costs nobody more than a row of the history. */
public final class StoredLedger implements Ledger, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(StoredLedger.class);

    private static final int MAX_DONE = 1000;
    private static final int MAX_TRANSFERS = 100_000;

    private final MVStore store;
    private final MVMap<String, byte[]> arrivals;
    /** By ascending numbers, as the next. */
    private final MVMap<Long, byte[]> done;

    private final MVMap<Long, byte[]> transfers;

    private StoredLedger(Path file) {
        // Of the two ways in which H2 reads files, the one that an interrupt of the caller does not close.
        store = new MVStore.Builder().fileName("async:" + file.toAbsolutePath()).open();
        arrivals = store.openMap("arrivals");
        done = store.openMap("done");
        transfers = store.openMap("transfers");
    }

    /** One that cannot be read is set aside, and another one begun. @throws IOException if that fails too */
    public static StoredLedger open(Path folder) throws IOException {
        DurableFiles.createFolders(folder);
        Path file = folder.resolve("history.mv");
        try {
            return new StoredLedger(file);
        } catch (MVStoreException e) {
            Path aside = folder.resolve("history.damaged.mv");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("the history of transfers is begun anew, and the old one kept as {}: {}", aside, e.getMessage());
            return again(file);
        }
    }

    private static StoredLedger again(Path file) throws IOException {
        try {
            return new StoredLedger(file);
        } catch (MVStoreException e) {
            throw new IOException("the history of transfers cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized List<Arrival> arrivals() {
        List<Arrival> all = new ArrayList<>();
        for (String key : List.copyOf(arrivals.keySet())) {
            try {
                all.add(LedgerCodec.arrival(arrivals.get(key)));
            } catch (IOException e) {
                LOG.warn("the request {} cannot be read, and waits until it is announced again", key, e);
                arrivals.remove(key);
            }
        }
        all.sort(Comparator.comparing(Arrival::arrived));
        return all;
    }

    @Override
    public synchronized void arrived(RunInfo run, Instant arrived) {
        arrivals.put(run.id().toString(), LedgerCodec.bytes(new Arrival(run, arrived)));
    }

    @Override
    public synchronized void gone(RunId run) {
        arrivals.remove(run.toString());
    }

    @Override
    public synchronized void done(RunInfo run, Instant arrived, Instant ended) {
        append(done, LedgerCodec.bytes(new Done(run, arrived, ended)), MAX_DONE);
    }

    @Override
    public synchronized void transferred(Transfer transfer) {
        append(transfers, LedgerCodec.bytes(transfer), MAX_TRANSFERS);
    }

    private static void append(MVMap<Long, byte[]> to, byte[] row, int most) {
        Long last = to.lastKey();
        to.put(last == null ? 1 : last + 1, row);
        while (to.sizeAsLong() > most) {
            to.remove(to.firstKey());
        }
    }

    @Override
    public synchronized List<Done> done(int limit) {
        List<Done> all = new ArrayList<>();
        for (Iterator<Long> keys = done.keyIteratorReverse(null); keys.hasNext() && all.size() < limit; ) {
            try {
                all.add(LedgerCodec.done(done.get(keys.next())));
            } catch (IOException e) {
                LOG.warn("a row of the collection table cannot be read, and is left out", e);
            }
        }
        return all;
    }

    @Override
    public synchronized List<Transfer> transfers(String client, int limit) {
        List<Transfer> all = new ArrayList<>();
        for (Iterator<Long> keys = transfers.keyIteratorReverse(null); keys.hasNext() && all.size() < limit; ) {
            try {
                Transfer transfer = LedgerCodec.transfer(transfers.get(keys.next()));
                if (client == null
                        || client.equals(transfer.from())
                        || client.equals(transfer.run().origin())) {
                    all.add(transfer);
                }
            } catch (IOException e) {
                LOG.warn("a row of the history of transfers cannot be read, and is left out", e);
            }
        }
        return all;
    }

    /** Idempotent. */
    @Override
    public synchronized void close() {
        if (!store.isClosed()) {
            store.close();
        }
    }
}
