package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Drill;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Services;
import org.hikae.shell.call.UnitStatus;

/** How the platform stands. A unit that is not there is one more problem, not a failure. */
record Overview(
        List<DiskLine> disks,
        List<MediumStatus> media,
        List<NodeLine> nodes,
        List<JobInfo> running,
        List<Problem> problems) {

    /**
     * A disk.
     *
     * @param last its newest generation; null if it has none
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
        lastBackups(jobs).values().forEach(job -> addFailed(problems, job));
        return new Overview(
                lines(disks, generations, inPlace),
                media,
                services.find(Nodes.class).map(NodeLine::all).orElse(List.of()),
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

    private static List<DiskLine> lines(
            List<DiskStatus> disks, List<GenerationInfo> generations, Map<String, InPlaceStatus> inPlace) {
        Map<String, GenerationInfo> last = new HashMap<>();
        for (GenerationInfo each : generations) {
            last.merge(each.disk(), each, (a, b) -> b.number() > a.number() ? b : a);
        }
        return disks.stream()
                .map(disk -> new DiskLine(disk, last.get(disk.name()), inPlace.get(disk.name())))
                .toList();
    }

    /** The last backup job of each disk. */
    private static Map<String, JobInfo> lastBackups(List<JobInfo> jobs) {
        Map<String, JobInfo> last = new HashMap<>();
        for (JobInfo job : jobs) {
            if (job.kind().equals("backup")) {
                last.put(disk(job), job);
            }
        }
        return last;
    }

    /** The subject begins with the name of the disk, which has no blanks. */
    private static String disk(JobInfo job) {
        return job.subject().replaceFirst(" .*", "");
    }

    private static void addFailed(List<Problem> problems, JobInfo job) {
        if (job.state() == State.FAILED || job.state() == State.INTERRUPTED) {
            problems.add(new Problem("backup of " + disk(job), "the last one failed: " + job.reason()));
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
