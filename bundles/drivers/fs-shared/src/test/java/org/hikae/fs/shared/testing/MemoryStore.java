package org.hikae.fs.shared.testing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Entry;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.StoreFullException;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/** Tables in memory, with all transactions that made them: it can be asked what a crash would have left. */
public final class MemoryStore implements MetadataStore {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Guarded by the lock. */
    private final Map<Table, TreeMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);
    /** Whether transactions are kept. */
    private final boolean history;
    /** All transactions. Guarded by the lock. */
    private final List<List<Put>> transactions = new ArrayList<>();
    /** How many of them are durable. Guarded by the lock. */
    private int committed;
    /** How many changes the greatest transaction made. Guarded by the lock. */
    private int greatest;

    private volatile boolean full;
    private volatile boolean refusing;
    private volatile long room = Long.MAX_VALUE / 2;

    public MemoryStore(boolean history) {
        this.history = history;
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    /** A change; a removal if the value is null. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Put(Table table, byte[] key, byte[] value) {}

    @Override
    public <T> T read(Reading<T> reading) throws IOException {
        lock.readLock().lock();
        try {
            return reading.read(new Tables());
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public <T> T change(Changing<T> changing) throws IOException {
        lock.writeLock().lock();
        try {
            Transaction transaction = new Transaction();
            boolean done = false;
            try {
                T result = changing.change(transaction);
                if (refusing) {
                    throw new StoreFullException("no room");
                }
                done = true;
                return result;
            } finally {
                if (done) {
                    transaction.keep();
                } else {
                    transaction.undo();
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void commit() {
        lock.writeLock().lock();
        try {
            committed = transactions.size();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Damages tables behind everybody's back. */
    public void damage(Table table, byte[] key, byte[] value) {
        lock.writeLock().lock();
        try {
            apply(new Put(table, key, value));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private byte[] apply(Put put) {
        TreeMap<byte[], byte[]> table = tables.get(put.table());
        return put.value() == null ? table.remove(put.key()) : table.put(put.key(), put.value());
    }

    /** Number of transactions so far. */
    public int transactions() {
        lock.readLock().lock();
        try {
            return transactions.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Number of transactions that are durable. */
    public int committed() {
        lock.readLock().lock();
        try {
            return committed;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** How many changes the greatest transaction so far made. */
    public int greatest() {
        lock.readLock().lock();
        try {
            return greatest;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The tables as they are after so many transactions. */
    public MemoryStore after(int count) {
        lock.readLock().lock();
        try {
            MemoryStore other = new MemoryStore(true);
            for (List<Put> transaction : transactions.subList(0, count)) {
                transaction.forEach(other::apply);
                other.transactions.add(transaction);
            }
            other.committed = count;
            return other;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Every transaction fails when it has done all, as if there were no room for it after all. */
    public void setRefusing(boolean now) {
        refusing = now;
    }

    public void setFull(boolean now) {
        full = now;
    }

    public void setRoom(long bytes) {
        room = bytes;
    }

    @Override
    public long usedBytes() {
        return 0;
    }

    @Override
    public long limitBytes() {
        return room;
    }

    @Override
    public long sizeBytes() {
        return room;
    }

    @Override
    public boolean full() {
        return full;
    }

    @Override
    public void close() {
        commit();
    }

    private class Tables implements View {

        @Override
        public byte[] get(Table table, byte[] key) {
            return tables.get(table).get(key);
        }

        @Override
        public Entry ceiling(Table table, byte[] key) {
            return entry(tables.get(table).ceilingEntry(key));
        }

        @Override
        public Entry floor(Table table, byte[] key) {
            return entry(tables.get(table).floorEntry(key));
        }

        private Entry entry(Map.Entry<byte[], byte[]> found) {
            return found == null ? null : new Entry(found.getKey(), found.getValue());
        }

        @Override
        public void scan(Table table, byte[] from, Visitor visitor) throws IOException {
            for (Map.Entry<byte[], byte[]> each :
                    tables.get(table).tailMap(from).entrySet()) {
                if (!visitor.visit(each.getKey(), each.getValue())) {
                    return;
                }
            }
        }
    }

    private final class Transaction extends Tables implements Changes {

        private final List<Put> puts = new ArrayList<>();
        private final Deque<Put> old = new ArrayDeque<>();

        @Override
        public void put(Table table, byte[] key, byte[] value) {
            if (key.length == 0 || key.length > LONGEST_KEY || value == null || value.length > LONGEST_VALUE) {
                throw new IllegalArgumentException("key or value is too long");
            }
            change(new Put(table, key, value));
        }

        @Override
        public void remove(Table table, byte[] key) {
            change(new Put(table, key, null));
        }

        private void change(Put put) {
            old.push(new Put(put.table(), put.key(), apply(put)));
            puts.add(put);
        }

        private void keep() {
            if (history && !puts.isEmpty()) {
                transactions.add(puts);
                greatest = Math.max(greatest, puts.size());
            }
        }

        private void undo() {
            old.forEach(MemoryStore.this::apply);
        }
    }
}
