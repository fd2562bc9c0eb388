package org.hikae.backup;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Progress;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogSummary;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Seal;
import org.hikae.api.node.Node;

/**
 * The order of a backup: open, instant, copy, gather and place, seal. Whatever fails before the seal drops the
 * generation and gives the epoch back (I3).
 */
final class BackupSteps {

    private final Clock clock;
    private final CacheControl cacheControl;
    private final LogManager logManager;
    private final CopyManager copyManager;
    private final Generations generations;

    BackupSteps(
            Clock clock,
            CacheControl cacheControl,
            LogManager logManager,
            CopyManager copyManager,
            Generations generations) {
        this.clock = clock;
        this.cacheControl = cacheControl;
        this.logManager = logManager;
        this.copyManager = copyManager;
        this.generations = generations;
    }

    Map<String, Object> run(Disk disk, BackupRequest request, List<Node> copiers, Progress progress)
            throws IOException {
        progress.phase("opening");
        progress.total(disk.size());
        BlockSet wanted = disk.used();
        GenerationRequest generation = new GenerationRequest(
                disk.name(), disk.id(), disk.size(), disk.blockSize(), disk.format(), request.medium(), null, null);
        try (GenerationWriter writer = generations.create(generation);
                LogSession session = logManager.open(disk, wanted, writer);
                Epochs epochs = new Epochs(disk.changes(), clock)) {
            progress.onCancel(() -> session.fail("cancelled", null));
            Quiet quiet = Quiet.begin(request.quieting(), progress);
            CacheControl.Pause pause;
            try (quiet) {
                progress.phase("reaching the instant");
                disk.changes().prepare();
                pause = cacheControl.begin(disk, session, epochs::next);
            }
            String trackingProblem = disk.changes().problem();
            CopyReport copied = copyOrEnd(disk, request, copiers, wanted, writer, session, progress);
            progress.phase("gathering the log");
            LogSummary logged = session.complete(cacheControl.end(session));
            progress.check();
            progress.phase("sealing");
            GenerationInfo info = writer.seal(Seal.full(wanted, null, epochs.instant(), pause.nanos()));
            epochs.taken();
            return BackupResult.of(info, copied, logged, pause, trackingProblem, quiet.warning());
        } catch (IOException e) {
            // A cancelled session fails with whatever was under way.
            progress.check();
            throw e;
        }
    }

    /** A copy that fails ends the session everywhere; failed first, so that no writer waits for its log any more. */
    private CopyReport copyOrEnd(
            Disk disk,
            BackupRequest request,
            List<Node> copiers,
            BlockSet wanted,
            GenerationWriter writer,
            LogSession session,
            Progress progress)
            throws IOException {
        try {
            progress.phase("copying");
            return copy(disk, request, copiers, wanted, writer, session, progress);
        } catch (IOException | RuntimeException | Error e) {
            session.fail("the copy failed", e);
            cacheControl.end(session);
            throw e;
        }
    }

    private CopyReport copy(
            Disk disk,
            BackupRequest request,
            List<Node> copiers,
            BlockSet wanted,
            GenerationWriter writer,
            LogSession session,
            Progress progress)
            throws IOException {
        BackUpCopy copy = new BackUpCopy(
                disk, copiers, wanted, writer, new Publish(session), request.workers(), request.bytesPerSecond());
        return copyManager.backUp(copy, progress);
    }

    /** What is copied needs no before-image any more; a session that has failed ends the copy. */
    private record Publish(LogSession session) implements BackUpCopy.Copied {

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
