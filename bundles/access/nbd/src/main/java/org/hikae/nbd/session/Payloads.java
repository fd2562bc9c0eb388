package org.hikae.nbd.session;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.io.BufferPool;

/**
 * Buffers for what is read and written. There are so many for all clients together, and one for each client in any case:
 * clients that do not take their answers keep nobody else from work. Thread-safe.
 */
public final class Payloads {

    private final BufferPool pool;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    /** Guarded by {@link #lock}. */
    private int taken;

    /** @param limit the number of buffers for all clients; so many are kept, for fresh memory is slow to touch */
    public Payloads(int limit) {
        this.pool = new BufferPool(Payload.CAPACITY, limit);
        this.limit = limit;
    }

    /** One client's share. */
    final class Share {
        /** Guarded by {@link Payloads#lock}. */
        private int held;

        /**
         * Waits until there is one.
         *
         * @throws FailedException if there is no memory for it
         */
        Payload take() throws FailedException {
            lock.lock();
            try {
                while (held > 0 && taken >= limit) {
                    given.awaitUninterruptibly();
                }
                ByteBuffer buffer = allocate();
                held++;
                taken++;
                return new Payload(buffer, () -> give(buffer));
            } finally {
                lock.unlock();
            }
        }

        private ByteBuffer allocate() throws FailedException {
            try {
                return pool.take();
            } catch (OutOfMemoryError e) {
                throw FailedException.of(e);
            }
        }

        private void give(ByteBuffer buffer) {
            pool.give(buffer);
            lock.lock();
            try {
                held--;
                taken--;
                given.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
