package org.hikae.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogSummary;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogPlacement;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.GenerationWriter;

/** The log of one backup: its counter, what is wanted, what is copied, and whether all went well. */
final class Session implements LogSession, LogGathering.Session {

    private final Disk disk;
    private final Strategy strategy;
    private final Consumer<Session> onClose;

    private final AtomicLong number = new AtomicLong();
    private final CopiedRuns copied = new CopiedRuns();
    private final Spared spared = new Spared();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** The logs of nodes that have not left yet. */
    private final Set<SessionNodeLog> joined = ConcurrentHashMap.newKeySet();

    private final Patience patience = new SessionPatience(this, System::nanoTime);
    private volatile BlockSet wanted;
    /** Null before {@link #begin}, as the next. */
    private volatile LogSink sink;

    private volatile LogGathering.Gatherer gatherer;
    /** Kept while the disk of T0 is being read; null: it is not. */
    private volatile InstantImages images;

    /** The services of a strategy, and what goes with them. */
    record Strategy(LogGathering gathering, LogPlacement placement, String logMedium, Overload overload) {}

    Session(Disk disk, BlockSet wanted, Strategy strategy, Consumer<Session> onClose) {
        this.disk = disk;
        this.wanted = wanted;
        this.strategy = strategy;
        this.onClose = onClose;
    }

    /**
     * Opens the log where it is to be kept. Whatever comes of it, {@link #close} is called after.
     *
     * @param generation what the log belongs to
     */
    void begin(GenerationWriter generation) throws IOException {
        sink = strategy.placement().open(generation, strategy.logMedium(), patience);
        gatherer = strategy.gathering().open(this, sink);
    }

    /** Whether a gathering or placement is the one of this session. */
    boolean uses(Object variant) {
        return strategy.gathering() == variant || strategy.placement() == variant;
    }

    @Override
    public String disk() {
        return disk.name();
    }

    @Override
    public int blockSize() {
        return disk.blockSize();
    }

    @Override
    public long nextNumber() {
        return number.incrementAndGet();
    }

    @Override
    public NodeLog join(LoggingNode node) throws IOException {
        check();
        SessionNodeLog log = new SessionNodeLog(this, node, gatherer.join(node));
        joined.add(log);
        return log;
    }

    /** What a node that leaves could not complete has made the session fail already. */
    void left(SessionNodeLog log) {
        joined.remove(log);
    }

    @Override
    public BlockDevice viewInstant(BlockDevice device) throws IOException {
        try {
            images = new InstantImages(blockSize());
        } catch (IOException e) {
            device.close();
            throw e;
        }
        return new InstantView(device, images, this::check);
    }

    @Override
    public void narrow(BlockSet fewer) {
        wanted = fewer;
    }

    /** Called before the record is held, and so before the block is written. */
    void keepAtHand(BlockRun run, ByteBuffer data) throws IOException {
        InstantImages current = images;
        if (current != null) {
            current.put(run, data);
        }
    }

    /** The blocks of the run that are not known to be copied. */
    List<BlockRun> uncopied(BlockRun run) {
        return copied.missing(run);
    }

    @Override
    public List<BlockRun> toCopy(BlockRun run) {
        return strategy.placement().copiersLeaveOutLogged() ? gatherer.unlogged(run) : List.of(run);
    }

    @Override
    public Overload overload() {
        return strategy.overload();
    }

    @Override
    public Patience patience() {
        return patience;
    }

    /**
     * What a write must log first: wanted, not copied, not held.
     *
     * @param records what the node knows to be held
     */
    List<BlockRun> missing(BlockRun run, LogGathering.NodeRecords records) {
        if (failure.get() != null) {
            return List.of();
        }
        List<BlockRun> missing = new ArrayList<>();
        List<BlockRun> known = new ArrayList<>();
        for (BlockRun want : wanted.within(run)) {
            for (BlockRun part : copied.missing(want)) {
                missing.addAll(records.missing(part));
            }
            // Asked last: what became known to be copied just now is spared too, when it is to be logged.
            known.addAll(copied.within(want));
        }
        if (!known.isEmpty()) {
            spared.count(known, records);
        }
        return missing;
    }

    @Override
    public void copied(BlockRun run) {
        copied.add(run);
    }

    @Override
    public LogSummary complete(List<LogReceipt> receipts) throws IOException {
        check();
        for (LogReceipt receipt : receipts) {
            if (!receipt.complete()) {
                throw new IOException("the log of node '" + receipt.node() + "' is not complete");
            }
        }
        if (!joined.isEmpty()) {
            throw new IOException("nodes left the backup of disk '" + disk() + "' without completing their logs: "
                    + joined.stream().map(SessionNodeLog::name).sorted().collect(Collectors.joining(", ")));
        }
        LogGathering.Gathered gathered = gatherer.complete();
        sink.complete();
        check();
        return new LogSummary(
                gathered.records(),
                gathered.dropped(),
                spared.writes(),
                gathered.messages(),
                gathered.messageBytes(),
                gathered.logged());
    }

    @Override
    public void fail(String reason, Throwable cause) {
        String detail = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        failure.compareAndSet(null, new IOException(reason + detail, cause));
    }

    @Override
    public boolean hasFailed() {
        return failure.get() != null;
    }

    @Override
    public void failed(IOException cause) {
        fail("the before-image log of disk '" + disk() + "' cannot be kept", cause);
    }

    @Override
    public void check() throws IOException {
        IOException reason = failure.get();
        if (reason != null) {
            throw new IOException(reason.getMessage(), reason);
        }
    }

    /** The session fails, if it has not come to its end: whoever waits for room in the log does so no longer. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            fail("the backup of disk '" + disk() + "' has ended", null);
            onClose.accept(this);
            try (LogSink closing = sink) {
                // The gatherer touches the sink no more.
                if (gatherer != null) {
                    gatherer.close();
                }
            }
        }
    }
}
