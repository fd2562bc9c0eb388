package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.disk.Disks;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Generations;
import org.hikae.config.PlatformHome;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts drills, and knows the last one of each generation. */
@Component(service = DrillUnit.class)
public final class DrillUnit {

    private static final Logger LOG = LoggerFactory.getLogger(DrillUnit.class);

    private final Generations generations;
    private final Jobs jobs;
    private final DrillRecords records;
    private final ScratchFolder scratchFolder;
    private final DrillSteps steps;

    @Activate
    public DrillUnit(
            BundleContext context,
            @Reference Disks disks,
            @Reference Generations generations,
            @Reference CopyManager copyManager,
            @Reference Jobs jobs,
            @Reference Groups groups) {
        this.generations = generations;
        this.jobs = jobs;
        Path home = PlatformHome.folder(context, "drills");
        records = new DrillRecords(home);
        scratchFolder = new ScratchFolder(home.resolve("scratch"));
        FileSystemCheck check = new FileSystemCheck(disks, copyManager, scratchFolder, E2fsck.usualFolders());
        steps = new DrillSteps(generations, disks, groups, check, records, Clock.systemUTC());
        clean();
    }

    private void clean() {
        try {
            scratchFolder.clean();
        } catch (IOException e) {
            LOG.warn("files that a drill left when its platform was killed cannot be deleted", e);
        }
    }

    /** As {@link org.hikae.api.backup.Backups#drill}. */
    Job drill(DrillRequest request) throws IOException {
        GenerationInfo generation = generations.get(request.generation());
        if (generation.partial()) {
            throw new IOException("generation " + generation.id() + " holds only what changed since mark '"
                    + generation.mark() + "': by itself it proves nothing; drill one that is whole");
        }
        if (request.scratch() != null && !Files.isDirectory(request.scratch())) {
            throw new IOException("there is no folder " + request.scratch() + " to check a copy in; create it first");
        }
        return jobs.start("drill", request.generation(), progress -> run(request, progress));
    }

    private Map<String, Object> run(DrillRequest request, Progress progress) throws IOException {
        clean();
        try {
            return steps.run(request, progress);
        } finally {
            forgetRemoved();
        }
    }

    /** Not while a medium is away: its generations are not gone. That records are kept for too long does no harm. */
    private void forgetRemoved() {
        try {
            GenerationSurvey survey = generations.survey();
            if (survey.unread().isEmpty()) {
                records.keep(
                        survey.generations().stream().map(GenerationInfo::id).collect(Collectors.toSet()));
            }
        } catch (IOException e) {
            LOG.warn("drills of generations that may be gone are still recorded", e);
        }
    }

    /** As {@link org.hikae.api.backup.Backups#drills}. */
    Map<String, Drill> drills() throws IOException {
        return records.all();
    }
}
