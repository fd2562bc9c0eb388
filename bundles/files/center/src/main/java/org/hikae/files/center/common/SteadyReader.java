package org.hikae.files.center.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.api.media.spi.ObjectReader;

/** Goes on with another form of the same object, if the one that is read goes meanwhile. Thread-safe. */
final class SteadyReader implements ObjectReader {

    /** Opens the object anew. */
    interface Again {

        /** @return null: it is still the form that is open */
        ObjectReader open() throws IOException;
    }

    private final Again again;
    private final long length;
    /** Held for reading by who reads; for writing by who puts another form in. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    /** Guarded by {@code lock}. */
    private ObjectReader now;

    /** @param first taken over */
    SteadyReader(ObjectReader first, Again again) {
        this.now = first;
        this.again = again;
        this.length = first.length();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(ByteBuffer dst, long position) throws IOException {
        int begin = dst.position();
        int limit = dst.limit();
        ObjectReader first = current();
        try {
            read(first, dst, position);
        } catch (IOException e) {
            dst.limit(limit).position(begin);
            read(replace(first, e), dst, position);
        }
    }

    private ObjectReader current() {
        lock.readLock().lock();
        try {
            return now;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** One that was replaced meanwhile is closed, and fails: then the other one is read. */
    private void read(ObjectReader from, ByteBuffer dst, long position) throws IOException {
        lock.readLock().lock();
        try {
            from.read(dst, position);
        } finally {
            lock.readLock().unlock();
        }
    }

    private ObjectReader replace(ObjectReader failed, IOException why) throws IOException {
        lock.writeLock().lock();
        try {
            if (now == failed) {
                ObjectReader next = again.open();
                if (next == null) {
                    throw why;
                }
                if (next.length() != length) {
                    next.close(); // it is another object by now
                    throw why;
                }
                now = next;
                failed.close();
            }
            return now;
        } catch (IOException e) {
            if (e != why) {
                why.addSuppressed(e);
            }
            throw why;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            now.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
