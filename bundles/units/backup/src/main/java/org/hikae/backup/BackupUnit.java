package org.hikae.backup;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.Marks;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.LogReplay;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Starts the jobs that tie the units together. */
@Component
public final class BackupUnit implements Backups {

    private final Disks disks;
    private final Nodes nodes;
    private final Media media;
    private final Generations generations;
    private final Jobs jobs;
    private final LogManager logManager;
    private final CopyManager copyManager;
    private final LogReplay logReplay;
    private final BackupSteps steps;
    private final ChainJobs chains;
    private final AfterMarks afterMarks;
    private final DrillUnit drillUnit;
    private final FileJobs files;
    private final OfGroups ofGroups;

    /** It ends with the in-place mounts; that is no reason for backups to end too. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile BringBackUnit bringBackUnit;

    /** What clients have mounted is in use. Null while there is none. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NbdServer nbd;

    @Activate
    public BackupUnit(
            @Reference Disks disks,
            @Reference Nodes nodes,
            @Reference Media media,
            @Reference Generations generations,
            @Reference Jobs jobs,
            @Reference CacheControl cacheControl,
            @Reference LogManager logManager,
            @Reference CopyManager copyManager,
            @Reference LogReplay logReplay,
            @Reference Marks marks,
            @Reference DrillUnit drillUnit,
            @Reference Groups groups) {
        this.disks = disks;
        this.nodes = nodes;
        this.media = media;
        this.generations = generations;
        this.jobs = jobs;
        this.logManager = logManager;
        this.copyManager = copyManager;
        this.logReplay = logReplay;
        this.drillUnit = drillUnit;
        this.files = new FileJobs(new FileJobs.Units(jobs, generations, disks, nodes, media, groups));
        this.ofGroups = new OfGroups(groups);
        this.afterMarks = new AfterMarks(generations, disks, marks);
        this.steps = new BackupSteps(new BackupSteps.Units(
                Clock.systemUTC(),
                cacheControl,
                media,
                logManager,
                copyManager,
                generations,
                marks,
                groups,
                new ReentrantReadWriteLock()));
        this.chains = new ChainJobs(
                new ChainJobs.Units(jobs, generations, media, disks, marks, this::mounted, ZoneId.systemDefault()));
    }

    /** Who has no server for them has mounted none. */
    private Set<String> mounted() {
        NbdServer server = nbd;
        return server == null ? Set.of() : server.mounted();
    }

    @Override
    public Job backUp(BackupRequest request) throws IOException {
        Disk disk = disks.get(request.disk());
        if (request.group() != null) {
            ofGroups.check(request.group().name(), disk);
        }
        MediumStatus medium = media.get(request.medium());
        LogStrategy strategy = logManager.strategy(request.disk());
        Fit.check(medium, request.layout(), strategy.place());
        LogChoice.of(medium, strategy, media.list());
        List<Node> copiers = Copiers.of(request, nodes);
        return jobs.start("backup", subject(request), progress -> backUp(request, copiers, progress));
    }

    private static String subject(BackupRequest request) {
        String what = request.group() == null ? "" : "group " + request.group().name() + " of ";
        return what + request.disk() + " to " + request.medium();
    }

    private Map<String, Object> backUp(BackupRequest request, List<Node> copiers, Progress progress) throws Exception {
        try (AutoCloseable use = disks.use(request.disk(), "a backup is under way")) {
            return steps.run(disks.get(request.disk()), request, copiers, progress);
        }
    }

    @Override
    public Job restore(RestoreRequest request) throws IOException {
        GenerationInfo generation = generations.get(request.generation());
        if (generation.group() != null) {
            return files.restore(request, generation);
        }
        if (request.afterMark() != null) {
            afterMarks.ancestor(request.generation(), request.afterMark());
        }
        RestoreTarget target = target(request);
        return jobs.start("restore", request.generation() + " to " + target, progress -> new RestoreSteps(
                        generations, copyManager, afterMarks)
                .run(request, target, progress));
    }

    @Override
    public Job getFiles(FilesRequest request) throws IOException {
        return files.get(request);
    }

    @Override
    public Job verify(String generation, boolean chain) throws IOException {
        generations.get(generation);
        return jobs.start(
                "verify", generation, progress -> new VerifySteps(generations, progress).run(generation, chain));
    }

    @Override
    public Job replay(ReplayRequest request) throws IOException {
        ReplaySteps.check(request, disks, media);
        return jobs.start(
                "replay", ReplaySteps.subject(request), progress -> new ReplaySteps(logReplay).run(request, progress));
    }

    @Override
    public Optional<Job> mountInPlace(InPlaceRequest request) throws IOException {
        BringBackUnit unit = bringBackUnit;
        if (unit == null) {
            throw new IOException("in-place mounts are not to be had: what they need is not running; see 'unit list'");
        }
        return unit.mount(request);
    }

    @Override
    public Job merge(MergeRequest request) throws IOException {
        return chains.merge(request);
    }

    @Override
    public Job rebase(RebaseRequest request) throws IOException {
        return chains.rebase(request);
    }

    @Override
    public RetentionPlan plan(RetentionRequest request) throws IOException {
        return chains.plan(request);
    }

    @Override
    public Job retain(RetentionRequest request) throws IOException {
        return chains.retain(request);
    }

    @Override
    public Job drill(DrillRequest request) throws IOException {
        return drillUnit.drill(request);
    }

    @Override
    public Map<String, Drill> drills() throws IOException {
        return drillUnit.drills();
    }

    private RestoreTarget target(RestoreRequest request) throws IOException {
        if (request.target() instanceof RestoreRequest.ToFile file) {
            return request.afterMark() == null
                    ? FileTarget.of(file, disks, media)
                    : FileTarget.existing(file, disks, media);
        }
        RestoreRequest.ToDisk disk = (RestoreRequest.ToDisk) request.target();
        disks.get(disk.disk());
        return new DiskTarget(nodes.get(disk.node()), disk.disk());
    }
}
