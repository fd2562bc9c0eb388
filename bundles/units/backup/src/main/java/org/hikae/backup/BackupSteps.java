package org.hikae.backup;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.BackupRequest;
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
                disk.name(), disk.id(), disk.size(), disk.blockSize(), disk.format(), request.medium());
        try (GenerationWriter writer = generations.create(generation);
                LogSession session = logManager.open(disk, wanted, writer);
                Epochs epochs = new Epochs(disk.changes(), clock)) {
            progress.phase("reaching the instant");
            CacheControl.Pause pause = cacheControl.begin(disk, session, epochs::next);
            CopyReport copied;
            LogSummary logged;
            try {
                progress.phase("copying");
                copied = copy(disk, request, copiers, wanted, writer, session, progress);
            } catch (IOException | RuntimeException | Error e) {
                cacheControl.end(session);
                throw e;
            }
            progress.phase("gathering the log");
            logged = session.complete(cacheControl.end(session));
            progress.check();
            progress.phase("sealing");
            GenerationInfo info = writer.seal(new Seal(wanted, epochs.instant(), pause.nanos()));
            epochs.taken();
            return BackupResult.of(info, copied, logged, pause);
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
                disk,
                copiers,
                wanted,
                writer,
                run -> {
                    session.copied(run);
                    session.check();
                },
                request.workers(),
                request.bytesPerSecond());
        return copyManager.backUp(copy, progress);
    }
}
