package org.hikae.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.spi.LogGathering;

/** A node's side of a session. */
final class SessionNodeLog implements NodeLog {

    private final Session session;
    private final String node;
    private final long incarnation;
    private final LogGathering.NodeRecords records;
    private final AtomicLong appended = new AtomicLong();
    private volatile boolean complete = true;
    /** What was said when the log ended; null until then. Guarded by this. */
    private LogReceipt receipt;

    SessionNodeLog(Session session, String node, long incarnation, LogGathering.NodeRecords records) {
        this.session = session;
        this.node = node;
        this.incarnation = incarnation;
        this.records = records;
    }

    /** Which node this is, for messages. */
    String name() {
        return node + " (incarnation " + incarnation + ")";
    }

    @Override
    public List<BlockRun> missing(BlockRun run) {
        return session.missing(run);
    }

    /**
     * Leaves out what became known to be copied since {@link #missing}: from then on other nodes overwrite it unlogged,
     * so the data may have been read too late, and would win over the copy that was made in time (R7). What is not known
     * to be copied even now was read in time, or is held already.
     */
    @Override
    public void append(BlockRun run, ByteBuffer data) throws IOException {
        for (BlockRun part : session.uncopied(run)) {
            ByteBuffer image = slice(run, part, data);
            session.keepAtHand(part, image);
            records.append(part, image);
            appended.incrementAndGet();
        }
    }

    private ByteBuffer slice(BlockRun run, BlockRun part, ByteBuffer data) {
        int blockSize = session.blockSize();
        int from = data.position() + Math.toIntExact((part.first() - run.first()) * blockSize);
        return data.slice(from, Math.toIntExact(part.count() * blockSize));
    }

    @Override
    public void unlogged(BlockRun run, Throwable cause) {
        complete = false;
        session.fail("node '" + node + "' could not log block " + run.first() + " before it was overwritten", cause);
    }

    @Override
    public synchronized LogReceipt complete() {
        if (receipt == null) {
            try {
                records.close();
            } catch (IOException | RuntimeException e) {
                complete = false;
                session.fail("the log of node '" + node + "' is lost", e);
            }
            receipt = new LogReceipt(node, incarnation, appended.get(), complete);
            session.left(this);
        }
        return receipt;
    }
}
