package org.hikae.backup;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Supplier;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Marks;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.MergeRequest;

/** Starts the jobs that make chains of generations shorter, or bring them elsewhere (a.10). */
final class ChainJobs {

    /**
     * What these jobs ask.
     *
     * @param mounted ids of the generations that are kept open for others
     * @param zone whose hours, days and years are kept
     */
    record Units(
            Jobs jobs,
            Generations generations,
            Media media,
            Disks disks,
            Marks marks,
            Supplier<Set<String>> mounted,
            ZoneId zone) {}

    private final Units units;

    ChainJobs(Units units) {
        this.units = units;
    }

    Job merge(MergeRequest request) throws IOException {
        units.generations().get(request.to());
        throw new IOException("not there yet");
    }

    Job rebase(RebaseRequest request) throws IOException {
        units.generations().get(request.generation());
        throw new IOException("not there yet");
    }

    RetentionPlan plan(String disk, Retention keep) throws IOException {
        throw new IOException("not there yet");
    }

    Job retain(String disk, Retention keep) throws IOException {
        throw new IOException("not there yet");
    }
}
