package org.hikae.schedule;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.api.job.Jobs;

/** What the jobs tell of backups. Their subjects name the disk, the group and the medium, in whatever words. */
final class BackupJobs {

    private static final String KIND = "backup";
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[^A-Za-z0-9._-]+");

    private BackupJobs() {}

    /** The number of the newest job; 0 if there never was one. */
    static long last(Jobs jobs) {
        return jobs.list().stream().mapToLong(JobInfo::id).max().orElse(0);
    }

    /** All names in the subjects of backups that run: those of their disks are among them. */
    static Set<String> busy(Jobs jobs) {
        Set<String> names = new HashSet<>();
        jobs.running().stream().filter(job -> KIND.equals(job.kind())).forEach(job -> names.addAll(names(job)));
        return names;
    }

    /**
     * The job of a run that may not have lived to record its number.
     *
     * @param subject names of which its subject has all
     */
    static Optional<JobInfo> of(Run run, List<String> subject, Jobs jobs) {
        if (run.job() != 0) {
            return get(run.job(), jobs);
        }
        return jobs.list().stream()
                .filter(job -> job.id() > run.jobsBefore() && KIND.equals(job.kind()))
                .filter(job -> names(job).containsAll(subject))
                .findFirst();
    }

    private static Optional<JobInfo> get(long id, Jobs jobs) {
        try {
            return Optional.of(jobs.get(id));
        } catch (IOException e) {
            // Forgotten: there are newer ones enough.
            return Optional.empty();
        }
    }

    /**
     * Whether a run goes on when its platform, or a unit of it, was started again.
     *
     * @param job of its backup, if that is known
     */
    static boolean goesOn(Run run, Optional<JobInfo> job) {
        return run.generation() != null
                || job.filter(info -> info.state() == State.RUNNING || info.state() == State.DONE)
                        .isPresent();
    }

    private static List<String> names(JobInfo job) {
        return Arrays.asList(BETWEEN_NAMES.split(job.subject()));
    }
}
