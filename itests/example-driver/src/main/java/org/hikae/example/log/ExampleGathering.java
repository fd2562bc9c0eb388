package org.hikae.example.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;

/** Writes each record to the log's medium before its write goes on: no memory, no threads, and writers as slow as that medium. */
@org.osgi.service.component.annotations.Component(property = LogGathering.NAME + "=straight")
public final class ExampleGathering implements LogGathering {

    @Override
    public Gatherer open(Session session, LogSink sink) {
        return new Straight(session, sink);
    }

    private static final class Straight implements Gatherer {
        private final Session session;
        private final LogSink sink;
        /** Guarded by this, as all below. */
        private final BlockSet.Builder held = new BlockSet.Builder();

        private long lastNumber;
        private long records;
        private long dropped;
        private long messages;
        private long messageBytes;
        private boolean ended;

        Straight(Session session, LogSink sink) {
            this.session = session;
            this.sink = sink;
        }

        @Override
        public NodeRecords join(LoggingNode node) {
            return new NodeRecords() {
                @Override
                public List<BlockRun> missing(BlockRun run) {
                    return unlogged(run);
                }

                @Override
                public void append(List<BlockRun> runs, ByteBuffer data) throws IOException {
                    take(runs, data);
                }

                @Override
                public void close() {
                    // What was appended is on the medium.
                }
            };
        }

        @Override
        public synchronized List<BlockRun> unlogged(BlockRun run) {
            return held.missing(run);
        }

        /** The number is taken where records are written in their order (R6); of each block the first one is kept. */
        private synchronized void take(List<BlockRun> runs, ByteBuffer data) throws IOException {
            if (ended) {
                throw new IOException("the log has ended");
            }
            messages++;
            messageBytes += data.remaining();
            int at = data.position();
            for (BlockRun run : runs) {
                long kept = 0;
                for (BlockRun first : held.missing(run)) {
                    int from = at + bytes(first.first() - run.first());
                    sink.put(nextNumber(), first, data.slice(from, bytes(first.count())));
                    records++;
                    kept += first.count();
                }
                dropped += run.count() - kept;
                held.add(run);
                at += bytes(run.count());
            }
        }

        /** A sink takes the same number twice for pieces of one record: that the counter was restarted, it cannot tell (R6). */
        private long nextNumber() throws IOException {
            long number = session.nextNumber();
            if (number <= lastNumber) {
                IOException restarted =
                        new IOException("the counter was restarted: it gave " + number + " after " + lastNumber);
                session.failed(restarted);
                throw restarted;
            }
            lastNumber = number;
            return number;
        }

        private int bytes(long blocks) {
            return Math.toIntExact(blocks * session.blockSize());
        }

        @Override
        public synchronized Gathered complete() {
            return new Gathered(records, dropped, messages, messageBytes, held.build());
        }

        /** The sink is touched no more after this. */
        @Override
        public synchronized void close() {
            ended = true;
        }
    }
}
