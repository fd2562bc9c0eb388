package org.hikae.block.inplace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Reason;
import org.hikae.block.tracking.DamagedException;
import org.hikae.block.tracking.LogEntry;
import org.hikae.block.tracking.LogFormat;
import org.hikae.block.tracking.NumberedFiles;
import org.hikae.block.tracking.RegionLog;
import org.hikae.block.tracking.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the home knows of one mount: a state, a set of blocks that are on the disk, and a log of further ones. A full log goes
 * into a new set. Whatever a crash leaves, the blocks that were recorded are found again, or it is said that they cannot be.
 * Thread-safe.
 */
final class PresenceStore implements Recording {

    static final String STATE = "state";

    private static final Logger LOG = LoggerFactory.getLogger(PresenceStore.class);

    private final Storage storage;
    private final NumberedFiles files;
    /** Changed with the monitor, which guards all below, and is held while the home is written. */
    private volatile InPlaceState state;
    /** Null: the next record begins one. */
    private RegionLog log;
    /** No file bears that number or a higher one; 0: not looked for yet. */
    private long unused;

    private PresenceStore(Storage storage, NumberedFiles files, InPlaceState state) {
        this.storage = storage;
        this.files = files;
        this.state = state;
    }

    /**
     * Begins a mount, durably.
     *
     * @throws IOException if that cannot be; it is not known then whether it has begun
     */
    static PresenceStore create(Storage storage, int logBytes, InPlaceState first) throws IOException {
        PresenceStore store = of(storage, logBytes, first);
        store.replace(first);
        return store;
    }

    /** A mount of which it is not known whether the home knows it: it does before anything is written to the disk. */
    static PresenceStore of(Storage storage, int logBytes, InPlaceState state) {
        return new PresenceStore(storage, new NumberedFiles(storage, logBytes), state);
    }

    /**
     * The mount that a platform before this one has left; empty if there is none.
     *
     * @throws DamagedException if there is one, but cannot be told which
     */
    static Optional<PresenceStore> find(Storage storage, int logBytes) throws IOException {
        NumberedFiles files = new NumberedFiles(storage, logBytes);
        byte[] bytes = storage.read(STATE, InPlaceCodec.MAX_BYTES);
        if (bytes == null && files.any()) {
            throw new DamagedException("its file " + STATE + " is gone");
        } else if (bytes == null) {
            return Optional.empty();
        }
        PresenceStore store = new PresenceStore(storage, files, InPlaceCodec.decode(STATE, bytes));
        // Whoever put it there may have been killed before it was durable; from now on it is relied upon.
        storage.forceFolder();
        if (store.state.ended()) {
            store.tidyAll();
            return Optional.empty();
        }
        return Optional.of(store);
    }

    InPlaceState state() {
        return state;
    }

    /**
     * The blocks that are recorded to be on the disk.
     *
     * @throws DamagedException if it cannot be told which
     */
    synchronized BlockSet load() throws IOException {
        BlockSet.Builder blocks = new BlockSet.Builder();
        if (state.set() != 0) {
            files.readSet(state.set()).forEach(blocks::add);
        }
        if (state.log() != 0) {
            files.readLog(identity(state.log())).forEach(entry -> blocks.add(entry.regions()));
        }
        BlockSet recorded = blocks.build();
        if (recorded.intersect(BlockSet.range(0, state.blocks())).count() != recorded.count()) {
            throw new DamagedException("its files name blocks that the generation does not have");
        }
        return recorded;
    }

    private LogFormat.Identity identity(long number) {
        return new LogFormat.Identity(state.disk(), state.mount(), number);
    }

    @Override
    public void touch() throws IOException {
        if (!state.touched()) {
            replaceTouched();
        }
    }

    private synchronized void replaceTouched() throws IOException {
        if (!state.touched()) {
            replace(state.withTouched());
        }
    }

    synchronized void restore(boolean restore) throws IOException {
        if (state.restore() != restore) {
            replace(state.withRestore(restore));
        }
    }

    @Override
    public synchronized void record(BlockSet blocks, Supplier<BlockSet> all) throws IOException {
        try {
            if (log == null || !append(blocks)) {
                fold(all.get());
            }
        } catch (IOException e) {
            throw new IOException(
                    "which blocks are on disk '" + state.name() + "' cannot be recorded in the home: " + Reason.of(e)
                            + "; make the home writable, with room on it",
                    e);
        }
    }

    /** False if they do not fit. After a failure nothing more gets into this log. */
    private boolean append(BlockSet blocks) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        for (BlockRun run : blocks) {
            if (entries.size() == LogFormat.MAX_RECORDS) {
                return false;
            }
            entries.add(new LogEntry(0, run));
        }
        try {
            return log.append(entries);
        } catch (IOException e) {
            rest();
            throw e;
        }
    }

    /** Writes all blocks into a set, and begins a log for what comes after. */
    private void fold(BlockSet all) throws IOException {
        rest();
        if (unused == 0) {
            unused = files.unusedNumber();
        }
        long set = unused++;
        files.writeSet(set, all);
        RegionLog next = files.createLog(identity(unused++));
        try {
            replace(state.withFiles(set, next.number()));
        } catch (IOException | RuntimeException | Error e) {
            end(next);
            throw e;
        }
        log = next;
        tidy();
    }

    private void replace(InPlaceState next) throws IOException {
        files.replace(STATE, InPlaceCodec.encode(next));
        state = next;
    }

    /** Closes what is open, since nobody has the disk open. */
    synchronized void rest() {
        RegionLog closing = log;
        log = null;
        if (closing != null) {
            end(closing);
        }
    }

    private void end(RegionLog ending) {
        try {
            ending.end();
        } catch (IOException e) {
            LOG.warn("disk {}: a log of the blocks on it was not closed cleanly", state.name(), e);
        }
    }

    private void tidy() {
        try {
            files.clean(Set.of(STATE, NumberedFiles.setName(state.set()), NumberedFiles.logName(state.log())));
        } catch (IOException e) {
            LOG.warn("disk {}: old lists of the blocks on it stay for now: {}", state.name(), Reason.of(e));
        }
    }

    /**
     * Ends the mount, durably: the disk is as any other.
     *
     * @throws IOException if that cannot be; it is not known then whether it has ended
     */
    synchronized void end() throws IOException {
        rest();
        replace(state.withEnd());
        tidyAll();
    }

    /** The state goes last: as long as there is one, nothing is missing. */
    private void tidyAll() {
        try {
            files.clean(new HashSet<>(Set.of(STATE)));
            storage.forceFolder();
            files.clean(Set.of());
        } catch (IOException e) {
            LOG.warn("disk {}: files of a mount that has ended stay for now: {}", state.name(), Reason.of(e));
        }
    }
}
