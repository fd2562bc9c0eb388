package org.hikae.logcentral;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.LogGathering;

/**
 * The node's side of a.3. One message is under way at a time. Whoever comes in the meantime joins the next one, which the
 * first of them sends as soon as the answer is there: a writer that is alone waits for nobody, and many share the cost of a
 * message.
 *
 * <p>A node keeps nothing of its own: what was answered is held by the log manager, and the loss of the node loses nothing.
 */
final class NodeMessages implements LogGathering.NodeRecords {

    private final CentralGatherer manager;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Being filled; null while nobody waits. Guarded by {@link #lock}, as all below. */
    private Message next;

    private boolean underWay;

    NodeMessages(CentralGatherer manager) {
        this.manager = manager;
    }

    @Override
    public List<BlockRun> missing(BlockRun run) {
        return manager.unlogged(run);
    }

    @Override
    public void append(List<BlockRun> runs, ByteBuffer data) throws IOException {
        long since = System.nanoTime();
        Message message = join(runs, data, since);
        if (isSender(message)) {
            send(message);
        }
        message.check();
    }

    private Message join(List<BlockRun> runs, ByteBuffer data, long since) {
        lock.lock();
        try {
            while (next != null && !next.hasRoom(data.remaining())) {
                changed.awaitUninterruptibly();
            }
            if (next == null) {
                next = new Message(since);
            }
            next.add(runs, data);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the message is answered, or it falls to the caller to send it, which is true. */
    private boolean isSender(Message message) {
        lock.lock();
        try {
            while (underWay && !message.isAnswered()) {
                changed.awaitUninterruptibly();
            }
            if (message.isAnswered()) {
                return false;
            }
            // One that is neither answered nor under way is the next.
            underWay = true;
            next = null;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void send(Message message) {
        IOException failure = null;
        try {
            manager.take(message);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("the central log failed: " + e, e);
        }
        lock.lock();
        try {
            message.answer(failure);
            underWay = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Only asks whether all that was sent is held. */
    @Override
    public void close() throws IOException {
        manager.check();
    }
}
