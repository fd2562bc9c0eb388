package org.hikae.backup;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Marks;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Progress;
import org.hikae.api.log.LogManager;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.node.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of a backup: basis, open, instant, set, copy, gather and place, seal. Whatever fails before the seal drops
 * the generation and gives the epoch back (I3).
 */
final class BackupSteps {

    private static final Logger LOG = LoggerFactory.getLogger(BackupSteps.class);

    /**
     * The units whose work is put in order here.
     *
     * @param seals held, for reading, from before a generation is there until tracking knows of it; who holds it for writing
     *     sees every generation that tracking knows of
     */
    record Units(
            Clock clock,
            CacheControl cacheControl,
            Media media,
            LogManager logManager,
            CopyManager copyManager,
            Generations generations,
            Marks marks,
            Groups groups,
            ReadWriteLock seals) {}

    private final Units units;
    private final Bases bases;

    BackupSteps(Units units) {
        this.units = units;
        this.bases = new Bases(units.generations(), units.marks());
    }

    Map<String, Object> run(Disk disk, BackupRequest request, List<Node> copiers, Progress progress)
            throws IOException {
        GenerationGroup group = new OfGroups(units.groups()).now(request.group(), disk);
        Map<String, Object> result =
                runOn(bases.choose(disk, request), new Attempts(disk, request, group, copiers, progress));
        keepPoints(disk);
        return result;
    }

    /**
     * All that is the same whatever the basis.
     *
     * @param group with its list as it was when the backup began; null: the whole disk
     */
    private record Attempts(
            Disk disk, BackupRequest request, GenerationGroup group, List<Node> copiers, Progress progress) {}

    private Map<String, Object> runOn(Basis basis, Attempts all) throws IOException {
        try {
            return attempt(basis, all);
        } catch (BasisLostException e) {
            return attempt(Basis.fullBecause(e.getMessage()), all);
        }
    }

    private Map<String, Object> attempt(Basis basis, Attempts all) throws IOException {
        return new BackupRun(units, all.disk, all.request, all.copiers, basis, scope(all), all.progress).run();
    }

    private Scope scope(Attempts all) throws IOException {
        return all.group == null
                ? new WholeDisk(all.disk, all.progress)
                : new GroupScope(units.groups(), all.group, all.disk, all.progress);
    }

    /**
     * The backup is made by now; that tracking keeps more than it needs for a while does no harm. While another is being sealed,
     * that is left to the one: it may be there too late to be seen, and be known too early to be kept as later than all.
     */
    private void keepPoints(Disk disk) {
        if (!units.seals().writeLock().tryLock()) {
            return;
        }
        try {
            bases.keepPoints(disk);
        } catch (IOException e) {
            LOG.warn("disk {}: tracking keeps the epochs of generations that may be gone", disk.name(), e);
        } finally {
            units.seals().writeLock().unlock();
        }
    }
}
