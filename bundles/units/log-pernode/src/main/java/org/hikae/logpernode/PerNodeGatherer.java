package org.hikae.logpernode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;
import org.hikae.io.BufferPool;

/**
 * One session of a.2. While it runs, nodes send nothing: what they log lies in {@link NodeRecords}, each for itself. At
 * the end {@link Merge} makes one log of it.
 */
final class PerNodeGatherer implements LogGathering.Gatherer {

    private final LogGathering.Session session;
    private final LogSink sink;
    private final TemporaryFolders folders;
    private final BufferPool buffers;
    private final Consumer<PerNodeGatherer> onClose;

    /** Whoever has it uses the sink. */
    private final ReentrantLock sinkUse = new ReentrantLock();

    /** Guarded by this. */
    private final List<TemporaryLog> logs = new ArrayList<>();

    private volatile boolean ended;

    PerNodeGatherer(
            LogGathering.Session session,
            LogSink sink,
            TemporaryFolders folders,
            BufferPool buffers,
            Consumer<PerNodeGatherer> onClose) {
        this.session = session;
        this.sink = sink;
        this.folders = folders;
        this.buffers = buffers;
        this.onClose = onClose;
    }

    static IOException stopped() {
        return new IOException("the log gathering 'per-node' was stopped, or its backup has ended");
    }

    /** A node that comes again, as another incarnation or because an instant is made anew, has another log. */
    @Override
    public LogGathering.NodeRecords join(LoggingNode node) throws IOException {
        check();
        TemporaryLog log = Interrupts.keptFor(() -> TemporaryLog.open(node, session, folders, buffers));
        boolean late;
        synchronized (this) {
            late = ended;
            if (!late) {
                logs.add(log);
            }
        }
        if (late) {
            log.end(stopped());
            throw stopped();
        }
        return log;
    }

    @Override
    public LogGathering.Gathered complete() throws IOException {
        sinkUse.lock();
        try {
            check();
            return Interrupts.keptFor(() -> merge(logs()));
        } finally {
            sinkUse.unlock();
        }
    }

    private LogGathering.Gathered merge(List<TemporaryLog> all) throws IOException {
        List<Source> sources = new ArrayList<>();
        try {
            for (TemporaryLog log : all) {
                if (log.records() > 0) {
                    sources.add(log.read());
                }
            }
            long dropped = all.stream().mapToLong(TemporaryLog::dropped).sum();
            return new Merge(sources, sink, session.blockSize(), this::check).run(dropped);
        } finally {
            sources.forEach(Source::close);
        }
    }

    private void check() throws IOException {
        if (ended) {
            throw stopped();
        }
        if (session.hasFailed()) {
            throw new IOException("the backup has failed");
        }
    }

    private synchronized List<TemporaryLog> logs() {
        return List.copyOf(logs);
    }

    /** On return the sink is touched no more, and the temporary files are gone. */
    @Override
    public void close() {
        end();
        sinkUse.lock();
        sinkUse.unlock();
    }

    /** Takes no record any more, and gives up what there is; waits for nothing but the file system's removal of files. */
    void end() {
        onClose.accept(this);
        synchronized (this) {
            ended = true;
        }
        logs().forEach(log -> log.end(stopped()));
    }
}
