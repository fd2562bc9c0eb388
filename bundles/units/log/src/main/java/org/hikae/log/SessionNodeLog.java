package org.hikae.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LoggingNode;
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

    SessionNodeLog(Session session, LoggingNode node, LogGathering.NodeRecords records) {
        this.session = session;
        this.node = node.name();
        this.incarnation = node.incarnation();
        this.records = records;
    }

    /** Which node this is, for messages. */
    String name() {
        return node + " (incarnation " + incarnation + ")";
    }

    @Override
    public List<BlockRun> missing(BlockRun run) {
        return session.missing(run, records);
    }

    /**
     * Leaves out what became known to be copied since {@link #missing}: from then on other nodes overwrite it unlogged,
     * so the data may have been read too late, and would win over the copy that was made in time (R7). What is not known
     * to be copied even now was read in time, or is held already.
     *
     * <p>What is left is handed on as it lies in the buffer: at once, unless something in its midst was left out.
     */
    @Override
    public void append(List<BlockRun> runs, ByteBuffer data) throws IOException {
        List<BlockRun> parts = new ArrayList<>();
        int at = data.position();
        int from = at;
        int to = at;
        for (BlockRun run : runs) {
            for (BlockRun part : session.uncopied(run)) {
                int start = at + bytes(part.first() - run.first());
                if (start != to) {
                    hand(parts, data.slice(from, to - from));
                    parts.clear();
                    from = start;
                }
                parts.add(part);
                to = start + bytes(part.count());
            }
            at += bytes(run.count());
        }
        hand(parts, data.slice(from, to - from));
    }

    private void hand(List<BlockRun> parts, ByteBuffer images) throws IOException {
        if (parts.isEmpty()) {
            return;
        }
        int at = 0;
        for (BlockRun part : parts) {
            session.keepAtHand(part, images.slice(at, bytes(part.count())));
            at += bytes(part.count());
        }
        records.append(List.copyOf(parts), images);
        appended.addAndGet(parts.size());
    }

    private int bytes(long blocks) {
        return Math.toIntExact(blocks * session.blockSize());
    }

    @Override
    public void unlogged(BlockRun run, Throwable cause) {
        complete = false;
        session.fail("node '" + node + "' could not log block " + run.first() + " before it was overwritten", cause);
    }

    @Override
    public LogReceipt complete() {
        return end(records::close);
    }

    @Override
    public LogReceipt lost() {
        return end(records::lost);
    }

    private synchronized LogReceipt end(End end) {
        if (receipt == null) {
            try {
                end.run();
            } catch (IOException | RuntimeException e) {
                complete = false;
                session.fail("the log of node '" + node + "' is lost", e);
            }
            receipt = new LogReceipt(node, incarnation, appended.get(), complete);
            session.left(this);
        }
        return receipt;
    }

    /** The last word of the gathering on a node's records. */
    @FunctionalInterface
    private interface End {
        void run() throws IOException;
    }
}
