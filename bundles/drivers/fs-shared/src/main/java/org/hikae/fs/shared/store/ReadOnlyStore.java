package org.hikae.fs.shared.store;

import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.fs.shared.store.region.ShadowFile;
import org.hikae.fs.shared.store.tables.Tables;

/** The tables as they are, with the journal laid over in memory. Nothing is written. */
final class ReadOnlyStore implements MetadataStore {

    private final ShadowFile file;
    private final Tables tables;
    private final Room room;
    private final long journalBytes;
    private final Health health = new Health();
    /** Keeps {@link #close} from those who read. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    ReadOnlyStore(ShadowFile file, Tables tables, long journalBytes) {
        this.file = file;
        this.tables = tables;
        this.room = new Room(file.capacity());
        this.journalBytes = journalBytes;
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

    /** @throws NonWritableChannelException always */
    @Override
    public <T> T change(Changing<T> changing) {
        throw new NonWritableChannelException();
    }

    /** There is nothing to make durable. */
    @Override
    public void commit() throws IOException {
        health.checkOpen();
    }

    @Override
    public long usedBytes() {
        return journalBytes + tables.content();
    }

    @Override
    public long limitBytes() {
        return journalBytes + room.limit();
    }

    @Override
    public long sizeBytes() {
        return journalBytes + file.capacity();
    }

    @Override
    public boolean full() {
        return tables.content() >= room.limit();
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!health.closed()) {
                health.close();
                tables.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
