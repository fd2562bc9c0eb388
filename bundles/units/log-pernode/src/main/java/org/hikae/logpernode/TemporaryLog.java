package org.hikae.logpernode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.job.Reason;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.io.BufferPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one incarnation of a node has logged of one backup: records in memory, and in two files. Thread-safe. */
final class TemporaryLog implements LogGathering.NodeRecords {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryLog.class);

    private final String node;
    private final FileHeader header;
    private final LogFiles files;
    private final TemporaryFolders.Use folder;
    private final RecordQueue queue;
    private final LogWriter writer;
    private final BufferPool buffers;

    private TemporaryLog(
            LoggingNode node,
            FileHeader header,
            LogFiles files,
            TemporaryFolders.Use folder,
            LogGathering.Session session,
            BufferPool buffers)
            throws IOException {
        this.node = node.name();
        this.header = header;
        this.files = files;
        this.folder = folder;
        this.buffers = buffers;
        this.queue = new RecordQueue(session, buffers);
        String place = "node '" + node.name() + "' in " + folder.path();
        Output list = Output.create(files.list());
        try {
            writer = new LogWriter(queue, session, header, list, Output.create(files.data()), place);
        } catch (IOException e) {
            list.close();
            throw e;
        }
    }

    /** Begins a log, with files of its own and a thread that writes them. */
    static TemporaryLog open(
            LoggingNode node, LogGathering.Session session, TemporaryFolders folders, BufferPool buffers)
            throws IOException {
        UUID id = UUID.randomUUID();
        FileHeader header = new FileHeader(id, session.blockSize(), node.name(), node.incarnation(), session.disk());
        TemporaryFolders.Use folder = folders.use(node.temporary());
        LogFiles files = LogFiles.in(folder.path(), id);
        try {
            TemporaryLog log = new TemporaryLog(node, header, files, folder, session, buffers);
            Thread thread = new Thread(log.writer, "hikae-log-" + node.name());
            thread.setDaemon(true);
            thread.start();
            return log;
        } catch (IOException | RuntimeException | Error e) {
            files.delete();
            folder.close();
            throw e;
        }
    }

    @Override
    public List<BlockRun> missing(BlockRun run) {
        return queue.missing(run);
    }

    @Override
    public void append(List<BlockRun> runs, ByteBuffer data) throws IOException {
        queue.append(runs, data);
    }

    /** What was logged stays until the gatherer is closed: it is merged when all nodes have ended. */
    @Override
    public void close() throws IOException {
        queue.close();
    }

    @Override
    public void lost() throws IOException {
        IOException lost = new IOException(
                "node '" + node + "' is lost, and only it had the " + records() + " records that it had logged");
        end(lost);
        if (records() > 0) {
            throw lost;
        }
    }

    /** Gives up what there is; whoever writes or waits ends soon. Idempotent. */
    void end(IOException reason) {
        queue.fail(reason);
        files.delete();
        try {
            folder.close();
        } catch (IOException e) {
            LOG.warn("the folder {} of temporary logs cannot be unlocked", folder.path(), e);
        }
    }

    /** Number of records in the log. */
    long records() {
        return queue.records();
    }

    /** Number of blocks that the node has logged again. */
    long dropped() {
        return queue.dropped();
    }

    /**
     * Opens the log for reading.
     *
     * @throws IOException if it has not ended, is lost, or is not as it was written
     */
    Source read() throws IOException {
        try {
            queue.checkWritten();
            return Source.open(header, files, writer.listEnd(), writer.dataEnd(), buffers);
        } catch (IOException e) {
            throw new IOException("the log of node '" + node + "' cannot be read: " + Reason.of(e), e);
        }
    }
}
