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

    @Override
    public List<BlockRun> missing(BlockRun run) {
        return session.missing(run);
    }

    @Override
    public void append(BlockRun run, ByteBuffer data) throws IOException {
        records.append(run, data);
        appended.incrementAndGet();
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
        }
        return receipt;
    }
}
