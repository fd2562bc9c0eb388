package org.hikae.backup;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Supplier;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
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

    /** @throws IOException if one of the generations is not there, or there is no such medium */
    Job merge(MergeRequest request) throws IOException {
        units.generations().get(request.from());
        units.generations().get(request.to());
        checkMedium(request.medium());
        MergeSteps steps = new MergeSteps(units.generations());
        return units.jobs().start("merge", MergeSteps.subject(request), progress -> steps.run(request, progress));
    }

    /** @throws IOException likewise, or if there is nothing to do */
    Job rebase(RebaseRequest request) throws IOException {
        RebaseSteps steps = new RebaseSteps(units.generations());
        checkMedium(request.medium());
        steps.check(request);
        return units.jobs().start("rebase", RebaseSteps.subject(request), progress -> steps.run(request, progress));
    }

    private void checkMedium(String medium) throws IOException {
        if (medium != null) {
            units.media().get(medium);
        }
    }

    RetentionPlan plan(RetentionRequest request) throws IOException {
        return new RetainSteps(units).plan(request);
    }

    /** @throws IOException if no plan can be made */
    Job retain(RetentionRequest request) throws IOException {
        RetainSteps steps = new RetainSteps(units);
        steps.plan(request);
        return units.jobs().start("retain", RetainSteps.subject(request), progress -> steps.run(request, progress));
    }
}
