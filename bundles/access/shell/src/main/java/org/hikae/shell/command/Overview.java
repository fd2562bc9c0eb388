package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.backup.Drill;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.files.client.BackupRowStatus;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.node.Nodes;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.Schedules;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.shell.call.Services;
import org.hikae.shell.call.UnitStatus;

/** How the platform stands. A unit that is not there is one more problem, not a failure. */
record Overview(
        List<DiskLine> disks,
        List<MediumStatus> media,
        List<NodeLine> nodes,
        List<ScheduleStatus> schedules,
        List<LibraryStatus> libraries,
        List<BackupRowStatus> files,
        List<JobInfo> running,
        List<Problem> problems) {

    private static final Pattern OF_GROUP = Pattern.compile("group ([^ ]+) of [^ ]+(?= to )");

    /**
     * A disk.
     *
     * @param last the newest generation of all of it; null if it has none
     * @param inPlace the generation that stands in for it; null if none does
     */
    record DiskLine(DiskStatus disk, GenerationInfo last, InPlaceStatus inPlace) {}

    record Problem(String subject, String problem) {}

    static Overview of(Services services) {
        List<Problem> problems = new ArrayList<>();
        List<JobInfo> jobs = services.find(Jobs.class).map(Jobs::list).orElse(List.of());
        List<GenerationInfo> generations = generations(services, problems);
        List<DiskStatus> disks = services.find(Disks.class).map(Disks::list).orElse(List.of());
        Map<String, InPlaceStatus> inPlace = InPlaceViews.all(services);
        List<MediumStatus> media = services.find(Media.class).map(Media::list).orElse(List.of());
        IgnoredFiles.all(services).forEach(broken -> add(problems, "configuration", IgnoredFiles.problem(broken)));
        for (UnitStatus unit : services.units()) {
            add(problems, "unit " + unit.unit(), unit.problem());
        }
        disks.forEach(disk -> add(problems, "disk " + disk.name(), DiskViews.problem(disk, inPlace.get(disk.name()))));
        media.forEach(medium -> add(problems, "medium " + medium.name(), medium.problem()));
        generations.forEach(each -> add(problems, "generation " + each.id(), each.problem()));
        addFailedDrills(services, generations, problems);
        List<Group> groups = groups(services);
        lastBackups(jobs, disks, groups).forEach((subject, job) -> addFailed(problems, subject, job));
        List<ScheduleStatus> schedules =
                services.find(Schedules.class).map(Schedules::list).orElse(List.of());
        groups.forEach(group -> add(problems, "group " + group.name(), GroupViews.problem(services, group)));
        List<LibraryStatus> libraries =
                TapeOverview.of(services, (subject, problem) -> add(problems, subject, problem));
        List<BackupRowStatus> files = FilesOverview.of(services, (subject, problem) -> add(problems, subject, problem));
        schedules.forEach(each -> add(problems, "schedule " + each.schedule().name(), each.problem()));
        services.find(Catalog.class)
                .ifPresent(catalog -> add(problems, "catalog", catalog.info().problem()));
        return new Overview(
                lines(disks, generations, inPlace),
                media,
                services.find(Nodes.class).map(NodeLine::all).orElse(List.of()),
                schedules,
                libraries,
                files,
                jobs.stream().filter(job -> job.state() == State.RUNNING).toList(),
                List.copyOf(problems));
    }

    private static List<GenerationInfo> generations(Services services, List<Problem> problems) {
        Generations generations = services.find(Generations.class).orElse(null);
        try {
            return generations == null ? List.of() : generations.list();
        } catch (IOException e) {
            problems.add(new Problem("generations", Reason.of(e)));
            return List.of();
        }
    }

    private static List<Group> groups(Services services) {
        return services.find(Groups.class).map(Groups::list).orElse(List.of());
    }

    private static List<DiskLine> lines(
            List<DiskStatus> disks, List<GenerationInfo> generations, Map<String, InPlaceStatus> inPlace) {
        return disks.stream()
                .map(disk ->
                        new DiskLine(disk, LastBackup.of(generations, disk.name(), null), inPlace.get(disk.name())))
                .toList();
    }

    /** The last backup job of each disk and each group that is still there: of others no better one could come. */
    private static Map<String, JobInfo> lastBackups(List<JobInfo> jobs, List<DiskStatus> disks, List<Group> groups) {
        Map<String, JobInfo> last = new LinkedHashMap<>();
        for (JobInfo job : jobs) {
            if (job.kind().equals("backup") && isThere(job, disks, groups)) {
                last.put(subject(job), job);
            }
        }
        return last;
    }

    private static boolean isThere(JobInfo job, List<DiskStatus> disks, List<Group> groups) {
        Matcher group = OF_GROUP.matcher(job.subject());
        if (group.lookingAt()) {
            return groups.stream().anyMatch(each -> each.name().equals(group.group(1)));
        }
        return disks.stream().anyMatch(each -> each.name().equals(subject(job)));
    }

    /** The subject is {@code DISK to MEDIUM} or {@code group NAME of DISK to MEDIUM}; names have no blanks. */
    private static String subject(JobInfo job) {
        Matcher group = OF_GROUP.matcher(job.subject());
        return group.lookingAt() ? group.group() : job.subject().replaceFirst(" .*", "");
    }

    private static void addFailed(List<Problem> problems, String subject, JobInfo job) {
        if (job.state() == State.FAILED || job.state() == State.INTERRUPTED) {
            problems.add(new Problem("backup of " + subject, "the last one failed: " + job.reason()));
        }
    }

    /** Of generations that are gone nobody needs to know. */
    private static void addFailedDrills(Services services, List<GenerationInfo> generations, List<Problem> problems) {
        try {
            GenerationNotes notes = GenerationNotes.of(services);
            for (GenerationInfo each : generations) {
                Drill drill = notes.drill(each.id());
                if (drill != null && drill.problem() != null) {
                    problems.add(new Problem("generation " + each.id(), "its last drill failed: " + drill.problem()));
                }
            }
        } catch (IOException e) {
            problems.add(new Problem("generations", Reason.of(e)));
        }
    }

    private static void add(List<Problem> problems, String subject, String problem) {
        if (problem != null) {
            problems.add(new Problem(subject, problem));
        }
    }
}
