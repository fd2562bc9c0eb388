package org.hikae.api.log.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.Overload;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where before-images are gathered: by one log manager (a.3), on each node (a.2), or as a third party likes it. A DS
 * service with the property {@link #NAME}; it may come and go while the platform runs. When it goes, the sessions that
 * use it fail, and nothing else.
 */
@ConsumerType
public interface LogGathering {

    /** Service property: the name by which users choose this gathering, a word in lower case. */
    String NAME = "hikae.log.gathering";

    /**
     * Begins a session.
     *
     * @param session the number to give to each record, and what is wanted
     * @param sink takes the records that are kept; each block at most once
     * @throws IOException if the session cannot be served
     */
    Gatherer open(Session session, LogSink sink) throws IOException;

    /** What a gathering is told of a session. Thread-safe. */
    @ProviderType
    interface Session {

        /** Name of the disk, for messages and for what says of itself which disk it is of. */
        String disk();

        /** Block size in bytes. */
        int blockSize();

        /**
         * The next number of the session's single counter (33): 1 for the first record, then +1 for each. A record's
         * number is taken after its data was read from the disk and before the disk is written (R6). A gathering that gets one that
         * is not larger than the one before says so by {@link #failed}: the counter was restarted, and a sink cannot tell.
         */
        long nextNumber();

        /**
         * Says that something that was held is lost, so that the backup ends at once instead of at
         * {@link Gatherer#complete}.
         */
        void failed(IOException cause);

        /** Whether the session has failed, for whatever reason: whoever waits to log something need wait no more. */
        boolean hasFailed();

        /** What happens when the log cannot keep up: whoever waits to log something waits no longer than its limit. */
        Overload overload();

        /** Waits for room where a temporary log medium is full, as the session's {@link #overload} has it. */
        Patience patience();
    }

    /** One session. Thread-safe. */
    @ConsumerType
    interface Gatherer extends Closeable {

        /** Opens the log of an incarnation of a node. */
        NodeRecords join(LoggingNode node) throws IOException;

        /**
         * The blocks of the run that are not known to the log manager to be logged, in ascending runs: what a copier need not
         * leave out (a.4). All, where nodes keep their logs to themselves.
         */
        default List<BlockRun> unlogged(BlockRun run) {
            return List.of(run);
        }

        /**
         * Hands everything that is kept and was not handed over yet to the sink. Called once, after every node's
         * {@link NodeRecords#close}.
         *
         * @throws IOException if anything of the log is missing
         */
        Gathered complete() throws IOException;

        /** Releases everything; without {@link #complete} before, the log is dropped. Idempotent. */
        @Override
        void close();
    }

    /** The log of one incarnation of a node. Thread-safe. */
    @ConsumerType
    interface NodeRecords extends Closeable {

        /** The blocks of the run whose before-images the node does not know to be held yet, in ascending runs. */
        List<BlockRun> missing(BlockRun run);

        /**
         * Takes records, one for each run. On return the blocks may be overwritten.
         *
         * @param runs ascending, and apart from each other; {@link org.hikae.api.log.NodeLog#MAX_RECORD_BYTES} in all at most
         * @param data contents of the blocks before the write, one run after the other; read from position to limit, and not
         *     kept
         * @throws IOException if the records are not held
         */
        void append(List<BlockRun> runs, ByteBuffer data) throws IOException;

        /**
         * The node logs no more.
         *
         * @throws IOException if anything of what was appended is lost
         */
        @Override
        void close() throws IOException;

        /**
         * The node is lost, with all that it alone has; it logs no more.
         *
         * @throws IOException if anything of what was appended is lost with it (R9)
         */
        default void lost() throws IOException {
            close();
        }
    }

    /**
     * What was gathered.
     *
     * @param records number of records handed to the sink, whole or in pieces
     * @param dropped number of blocks of which a later image was dropped
     * @param messages number of messages from nodes to the log manager
     * @param messageBytes bytes in these
     * @param logged the blocks handed to the sink
     */
    record Gathered(long records, long dropped, long messages, long messageBytes, BlockSet logged) {}
}
