package org.hikae.fs.shared.store;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.fs.shared.store.journal.Journal;
import org.hikae.fs.shared.store.journal.Operations;
import org.hikae.fs.shared.store.region.LiveBlocks;
import org.hikae.fs.shared.store.region.ShadowFile;
import org.hikae.fs.shared.store.region.Span;
import org.hikae.fs.shared.store.tables.Snapshot;
import org.hikae.fs.shared.store.tables.Tables;

/**
 * The tables, and a journal before them (R17). A transaction changes the tables in memory. A commit writes what transactions
 * did to the journal, one record for all of them: so each is in one record, and no record is believed that is not whole. A
 * checkpoint writes the tables, and begins the journal anew. Data is forced before a record is written, and the record before
 * the commit returns.
 */
final class RegionStore implements MetadataStore {

    private final Span device;
    private final Journal journal;
    private final ShadowFile file;
    private final Tables tables;
    private final Room room;
    private final Health health = new Health();
    private final GroupCommit commits = new GroupCommit();
    /** Read: nobody changes {@link #tables}. Write: nobody else uses them. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    /** What was changed since the last record; guarded by itself. */
    private final Operations batch = new Operations();
    /** The number of the last record or checkpoint; guarded by {@link #commits}. */
    private long number;

    RegionStore(Span device, Journal journal, ShadowFile file, Tables tables) {
        this.device = device;
        this.journal = journal;
        this.file = file;
        this.tables = tables;
        this.room = new Room(file.capacity());
    }

    @Override
    public <T> T read(Reading<T> reading) throws IOException {
        lock.readLock().lock();
        try {
            health.checkOpen();
            return reading.read(tables);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public <T> T look(Reading<T> reading) throws IOException {
        Snapshot snapshot = read(view -> tables.snapshot());
        try (snapshot) {
            T seen = reading.read(snapshot);
            if (!snapshot.isGivenUp()) {
                return seen;
            }
        } catch (IOException e) {
            if (!snapshot.isGivenUp()) {
                throw e;
            }
        }
        return read(reading);
    }

    @Override
    public <T> T change(Changing<T> changing) throws IOException {
        T result;
        lock.writeLock().lock();
        try {
            health.checkWritable();
            result = perform(changing);
        } finally {
            lock.writeLock().unlock();
        }
        if (isCheckpointDue()) {
            checkpointIfDue();
        }
        return result;
    }

    private <T> T perform(Changing<T> changing) throws IOException {
        Transaction transaction = new Transaction(tables);
        boolean done = false;
        try {
            T result = changing.change(transaction);
            checkRoom(transaction);
            synchronized (batch) {
                batch.addAll(transaction.end());
            }
            done = true;
            return result;
        } finally {
            if (!done) {
                undo(transaction);
            }
        }
    }

    private void checkRoom(Transaction transaction) throws IOException {
        if (transaction.growth() > 0 && tables.content() > room.most()) {
            throw new StoreFullException("The metadata region is full: " + room.most() + " of its " + file.capacity()
                    + " bytes can be used, and the rest is needed to write them. Remove files.");
        }
    }

    private void undo(Transaction transaction) {
        try {
            transaction.undo();
        } catch (IOException | RuntimeException e) {
            // what is in memory is half a transaction: it must never be written
            health.fail(e);
        }
    }

    @Override
    public void commit() throws IOException {
        commits.run(() -> {
            health.checkWritable();
            attempt(this::writeRecord);
            if (isCheckpointDue()) {
                attempt(this::checkpoint);
            }
        });
    }

    private void writeRecord() throws IOException {
        Operations record = new Operations();
        synchronized (batch) {
            if (!batch.isEmpty() && journal.fits(batch)) {
                record.addAll(batch);
                batch.clear();
            }
        }
        if (record.isEmpty() && isBatched()) {
            checkpoint();
            return;
        }
        device.force();
        if (!record.isEmpty()) {
            journal.append(record, ++number);
            device.force();
        }
    }

    private boolean isBatched() {
        synchronized (batch) {
            return !batch.isEmpty();
        }
    }

    private boolean isCheckpointDue() {
        int batched;
        synchronized (batch) {
            batched = batch.size();
        }
        return batched > journal.size() / 2 || journal.taken() > journal.size() / 2 || room.isUnsavedMuch(tables);
    }

    /** A failure is for those who change or commit next: the change that it came after has happened. */
    private void checkpointIfDue() {
        try {
            commits.exclusively(() -> {
                if (isCheckpointDue() && !health.failed() && !health.closed()) {
                    attempt(this::checkpoint);
                }
            });
        } catch (IOException e) {
            health.fail(e);
        }
    }

    /** Writes the tables; all changes before it are durable then, and all data that was written before. */
    private void checkpoint() throws IOException {
        writeTables(room.needsCompaction(file));
        journal.reset();
        if (room.needsCompaction(file) && tables.keepsOldStates()) {
            writeTables(true);
        }
        boolean smaller = true;
        while (smaller && room.needsCompaction(file)) {
            smaller = compact();
        }
    }

    /** @return whether less is taken than before */
    private boolean compact() throws IOException {
        long before = file.taken();
        for (int step : room.compactionSteps(file)) {
            if (move(step)) {
                writeTables(true);
                // MVStore takes note of what was moved away with the commit after that
                writeTables(true);
            }
            if (file.taken() < before) {
                return true;
            }
        }
        return false;
    }

    private boolean move(int bytes) throws IOException {
        lock.writeLock().lock();
        try {
            return tables.compact(bytes);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** @param tight whether snapshots are given up: what is kept for them would take the room that all rests on */
    private void writeTables(boolean tight) throws IOException {
        LiveBlocks live;
        lock.writeLock().lock();
        try {
            synchronized (batch) {
                batch.clear();
            }
            if (tight) {
                tables.giveUpSnapshots();
            }
            live = tables.commit(++number);
            lock.readLock().lock();
        } finally {
            lock.writeLock().unlock();
        }
        try {
            file.publish(number, live);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void attempt(GroupCommit.Work work) throws IOException {
        boolean done = false;
        try {
            work.run();
            done = true;
        } catch (IOException | RuntimeException e) {
            health.fail(e);
            throw e;
        } finally {
            if (!done) {
                health.fail(new IOException("writing it ended early"));
            }
        }
    }

    /** Makes sure that no number is used again that a record has which was not written to its end. */
    void begin(long highestNumber) throws IOException {
        number = highestNumber;
        commits.exclusively(() -> attempt(this::checkpoint));
    }

    @Override
    public long usedBytes() {
        return journal.size() + tables.content();
    }

    @Override
    public long limitBytes() {
        return journal.size() + room.limit();
    }

    @Override
    public long sizeBytes() {
        return journal.size() + file.capacity();
    }

    @Override
    public boolean full() {
        return tables.content() >= room.limit();
    }

    @Override
    public void close() throws IOException {
        commits.exclusively(() -> {
            if (health.closed()) {
                return;
            }
            try {
                if (!health.failed()) {
                    checkpoint();
                }
            } finally {
                health.close();
                closeTables();
            }
        });
    }

    private void closeTables() {
        lock.writeLock().lock();
        try {
            tables.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
