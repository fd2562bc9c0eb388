package org.hikae.backup;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Progress;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogSummary;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Seal;
import org.hikae.api.node.Node;

/** One attempt at a backup, on one basis. */
final class BackupRun {

    private final BackupSteps.Units units;
    private final Disk disk;
    private final BackupRequest request;
    private final List<Node> copiers;
    private final Basis basis;
    private final Scope scope;
    private final Progress progress;

    BackupRun(
            BackupSteps.Units units,
            Disk disk,
            BackupRequest request,
            List<Node> copiers,
            Basis basis,
            Scope scope,
            Progress progress) {
        this.units = units;
        this.disk = disk;
        this.request = request;
        this.copiers = copiers;
        this.basis = basis;
        this.scope = scope;
        this.progress = progress;
    }

    /**
     * @throws BasisLostException if it must be a full one; nothing of it is left
     * @throws IOException if it failed; likewise
     */
    Map<String, Object> run() throws IOException {
        progress.phase("opening");
        LogChoice log = LogChoice.of(
                units.media().get(request.medium()),
                units.logManager().strategy(disk.name()),
                units.media().list());
        BlockSet all = Selection.all(disk);
        try (GenerationReader parent = openParent();
                GenerationWriter writer = units.generations().create(generation());
                LogSession session = units.logManager().open(disk, all, writer, log.strategy());
                Epochs epochs = new Epochs(disk.changes(), units.clock())) {
            progress.onCancel(() -> session.fail("cancelled", null));
            try (BlockDevice view = viewInstant(session)) {
                return run(new Open(parent, writer, log, session, epochs), view);
            }
        } catch (IOException e) {
            // A cancelled session fails with whatever was under way.
            progress.check();
            throw e;
        }
    }

    /**
     * What is open while the backup runs.
     *
     * @param parent null: it builds upon none
     */
    private record Open(
            GenerationReader parent, GenerationWriter writer, LogChoice log, LogSession session, Epochs epochs) {}

    private Map<String, Object> run(Open open, BlockDevice view) throws IOException {
        Quiet quiet = Quiet.begin(request.quieting(), progress);
        CacheControl.Pause pause = makeInstant(quiet, open.session, open.epochs);
        String trackingProblem = open.epochs.problem();
        Taken taken = takeOrEnd(view, open);
        long copied = System.nanoTime();
        progress.phase("gathering the log");
        LogSummary logged = open.session.complete(units.cacheControl().end(open.session));
        progress.check();
        progress.phase("sealing");
        GenerationInfo info = sealAndTell(open, taken.selection, pause);
        BackupResult result = new BackupResult(info, taken.copied)
                .log(open.log.strategy(), logged, disk.blockSize())
                .work(pause.nanos(), System.nanoTime() - copied)
                .with("fullBecause", basis.fullBecause())
                .with("logNote", open.log.because())
                .with("trackingProblem", trackingProblem)
                .with("warning", quiet.warning())
                .with("chainWarning", ChainCare.warning(units.generations(), info.id()));
        scope.addTo(result);
        return result.values();
    }

    /** Kept open, so that the parent is not removed meanwhile; null if there is none. */
    private GenerationReader openParent() throws BasisLostException {
        try {
            return basis.differential() ? units.generations().open(basis.parentId()) : null;
        } catch (IOException e) {
            throw BasisLostException.unreadable(basis.parentId(), e);
        }
    }

    /** No other backup may look meanwhile at which generations there are, and have tracking forget what it does not see. */
    private GenerationInfo sealAndTell(Open open, Selection selection, CacheControl.Pause pause) throws IOException {
        units.seals().readLock().lock();
        try {
            GenerationInfo info = seal(open, selection, pause);
            open.epochs.taken(scope.group() == null);
            return info;
        } finally {
            units.seals().readLock().unlock();
        }
    }

    /** The seal goes through the parent's index. If that is damaged, no differential backup will ever come to be. */
    private static GenerationInfo seal(Open open, Selection selection, CacheControl.Pause pause) throws IOException {
        try {
            return open.writer.seal(new Seal(
                    selection.set(), selection.stored(), open.epochs.point(), open.epochs.instant(), pause.nanos()));
        } catch (IOException e) {
            checkReadable(open.parent, e);
            throw e;
        }
    }

    private static void checkReadable(GenerationReader parent, IOException failure) throws BasisLostException {
        try {
            if (parent != null) {
                parent.set();
            }
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw BasisLostException.unreadable(parent.info().id(), e);
        }
    }

    private GenerationRequest generation() {
        return new GenerationRequest(
                disk.name(),
                disk.id(),
                disk.size(),
                disk.blockSize(),
                disk.format(),
                request.medium(),
                request.layout(),
                basis.parentId(),
                basis.mark(),
                scope.group());
    }

    /** For reading the file system of T0; null for a raw disk, which has none. */
    private BlockDevice viewInstant(LogSession session) throws IOException {
        return disk.hasFileSystem() ? session.viewInstant(disk.openForCopy()) : null;
    }

    private CacheControl.Pause makeInstant(Quiet quiet, LogSession session, Epochs epochs) throws IOException {
        try (quiet) {
            progress.phase("reaching the instant");
            disk.changes().prepare();
            return units.cacheControl().begin(disk, session, epochs::next);
        }
    }

    /** What was taken from the disk of T0. */
    private record Taken(Selection selection, CopyReport copied) {}

    /** A copy that fails ends the session everywhere; failed first, so that no writer waits for its log any more. */
    private Taken takeOrEnd(BlockDevice view, Open open) throws IOException {
        LogSession session = open.session;
        try {
            Selection selection = select(view, open);
            progress.total(bytes(selection.stored()));
            progress.phase("copying");
            BackUpCopy copy = new BackUpCopy(
                    disk, copiers, selection.stored(), open.writer, new Publish(session), request.limits());
            return new Taken(selection, units.copyManager().backUp(copy, progress));
        } catch (IOException | RuntimeException | Error e) {
            session.fail("the copy failed", e);
            units.cacheControl().end(session);
            throw e;
        }
    }

    /** Until the blocks are known, all are wanted (R3). */
    private Selection select(BlockDevice view, Open open) throws IOException {
        BlockSet set = scope.set(view, open.session, open.writer);
        Selection selection = open.parent == null
                ? Selection.full(set)
                : Selection.differential(set, open.epochs.changedSince(basis.from()), open.parent);
        open.session.narrow(selection.stored());
        return selection;
    }

    /** What the blocks hold; the last one of the disk may be a short one. */
    private long bytes(BlockSet blocks) {
        return Math.min(disk.size(), Math.multiplyExact(blocks.count(), (long) disk.blockSize()));
    }

    /** What is copied needs no before-image any more; a session that has failed ends the copy. */
    private record Publish(LogSession session) implements BackUpCopy.Copied {

        @Override
        public List<BlockRun> toCopy(BlockRun run) {
            return session.toCopy(run);
        }

        @Override
        public void copied(BlockRun run) {
            session.copied(run);
        }

        @Override
        public void check() throws IOException {
            session.check();
        }
    }
}
