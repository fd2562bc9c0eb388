package org.hikae.shell.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.config.BrokenFile;
import org.hikae.api.config.ConfigurationFiles;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.Marks;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.files.client.FilesClient;
import org.hikae.api.files.relay.FilesRelay;
import org.hikae.api.group.Groups;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.log.LogManager;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.node.Nodes;
import org.hikae.api.schedule.Schedules;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Caller;
import org.hikae.shell.call.Cancellation;
import org.hikae.shell.call.CommandFailed;
import org.hikae.shell.call.Commands;
import org.hikae.shell.call.Services;
import org.hikae.shell.call.UnitStatus;

/** A platform of fakes, and a caller of commands. */
final class Platform implements Services {

    static final Instant NOON = Instant.parse("2026-11-05T12:00:00.123456Z");

    final FakeDisks disks = new FakeDisks();
    final FakeMarks marks = new FakeMarks();
    final FakeNodes nodes = new FakeNodes();
    final FakeMedia media = new FakeMedia();
    final FakeGenerations generations = new FakeGenerations();
    final FakeGroups groups = new FakeGroups();
    final FakeSchedules schedules = new FakeSchedules();
    final FakeCatalog catalog = new FakeCatalog();
    final FakeCenter center = new FakeCenter();
    final FakeBackups backups = new FakeBackups();
    final FakeTapes tapes = new FakeTapes();
    final FakeTapeJobs tapeJobs = new FakeTapeJobs();
    final FakeLogs logs = new FakeLogs();
    final FakeInPlace inPlace = new FakeInPlace();
    final FakeJobs jobs = new FakeJobs();
    final FakeNbd nbd = new FakeNbd();
    final FakeCache cache = new FakeCache();
    final FakeFileSystems fileSystems = new FakeFileSystems();
    final List<UnitStatus> units = new ArrayList<>();
    final List<BrokenFile> broken = new ArrayList<>();
    final Map<Class<?>, Object> services = new HashMap<>(Map.ofEntries(
            Map.entry(Disks.class, disks),
            Map.entry(Marks.class, marks),
            Map.entry(Nodes.class, nodes),
            Map.entry(Media.class, media),
            Map.entry(Generations.class, generations),
            Map.entry(Groups.class, groups),
            Map.entry(Schedules.class, schedules),
            Map.entry(Catalog.class, catalog),
            Map.entry(FilesCenter.class, center),
            Map.entry(Backups.class, backups),
            Map.entry(Tapes.class, tapes),
            Map.entry(TapeJobs.class, tapeJobs),
            Map.entry(LogManager.class, logs),
            Map.entry(InPlaceMounts.class, inPlace),
            Map.entry(Jobs.class, jobs),
            Map.entry(ConfigurationFiles.class, (ConfigurationFiles) () -> broken),
            Map.entry(NbdServer.class, nbd),
            Map.entry(CacheControl.class, cache),
            Map.entry(FileSystems.class, fileSystems)));

    final FakeFilesClient filesClient = new FakeFilesClient();
    final FakeRelay relay = new FakeRelay();

    {
        services.put(FilesRelay.class, relay);
        services.put(FilesClient.class, filesClient);
    }

    /** Commands of this distribution; null: all. */
    List<String> carried;

    Cancellation cancellation = new Cancellation();
    Path folder = Path.of("/work dir");
    byte[] input = {};
    boolean asks;
    int width = 100;
    boolean colour;
    int barWidth;
    final List<Long> followed = new ArrayList<>();

    /** What came of a command: the exit code, the two streams, and the message of the exception, or null. */
    @SuppressWarnings("ArrayRecordComponent")
    record Outcome(int exit, byte[] raw, String err, String message) {

        String out() {
            return new String(raw, StandardCharsets.UTF_8);
        }
    }

    Outcome run(String thing, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Call call = new Call(caller(out, err), this, cancellation);
        int exit = 0;
        String message = null;
        try {
            Commands.run(Things.all().get(thing).apply(call), call, List.of(arguments));
        } catch (CommandFailed e) {
            exit = e.exitCode();
            message = e.toString();
        }
        return new Outcome(exit, out.toByteArray(), err.toString(StandardCharsets.UTF_8), message);
    }

    Caller caller(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Caller(
                new ByteArrayInputStream(input),
                asks,
                new PrintStream(out, true),
                new PrintStream(err, true),
                folder,
                width,
                () -> barWidth,
                colour,
                followed::add,
                Clock.fixed(NOON.plusSeconds(2), ZoneOffset.ofHours(9)));
    }

    @Override
    public <T> Optional<T> find(Class<T> service) {
        return Optional.ofNullable(service.cast(services.get(service)));
    }

    @Override
    public boolean carries(String command) {
        return carried == null || carried.contains(command);
    }

    @Override
    public List<UnitStatus> units() {
        return units;
    }

    @Override
    public void close() {}

    /** With two disks, one of them gone, two media, two generations, one of them damaged, and a few jobs. */
    static Platform filled() {
        Platform platform = new Platform();
        platform.add(new DiskStatus("data", Path.of("/srv/data.img"), "raw", "raw", 256L << 20, 4096, null));
        platform.add(
                new DiskStatus("データ", Path.of("/srv/d 2"), "raw", "raw", -1, 512, "/srv/d 2: no such file or folder"));
        platform.marks.add("data", "monday");
        platform.add(new MediumStatus("m1", "directory", "/backup/m1", 10L << 30, 5L << 30, List.of("random"), null));
        platform.add(new MediumStatus("m2", "tape", "x:1", -1, -1, List.of(), "there is no driver 'tape'"));
        platform.add(generation(1, null));
        platform.add(generation(2, "its manifest is damaged"));
        platform.add(job(1, JobInfo.State.DONE, null, Map.of("generation", "data@1")));
        platform.add(job(2, JobInfo.State.FAILED, "medium m1 is full", Map.of()));
        return platform;
    }

    /** Adds the disk {@code work}, whose shared file system is a folder, with something in the caches. */
    void share(Path folder) {
        add(new DiskStatus("work", Path.of("/srv/work.img"), "shared", "shared", 240_000L << 10, 4096, null));
        nodes.folders.put("work", folder);
        cache.regions.add(region("n1", 0, 8192, 65536, LeaseMode.EXCLUSIVE, 8192));
        cache.regions.add(region("n1", 12, -1, 1, LeaseMode.SHARED, 0));
        cache.regions.add(region("n2", 77, 0, Long.MAX_VALUE, LeaseMode.SHARED, 0));
    }

    private static CachedRegion region(String node, long inode, long offset, long size, LeaseMode mode, long dirty) {
        return new CachedRegion(node, new CachedFile("work", inode), offset, size, mode, 2 * dirty, dirty);
    }

    void add(DiskStatus disk) {
        disks.disks.put(disk.name(), disk);
    }

    void add(MediumStatus medium) {
        media.media.put(medium.name(), medium);
    }

    void add(GenerationInfo generation) {
        generations.generations.put(generation.id(), generation);
    }

    void add(JobInfo job) {
        jobs.jobs.put(job.id(), job);
    }

    static GenerationInfo generation(long number, String problem) {
        return generation(number, null, null, problem);
    }

    static GenerationInfo generation(long number, String parent, String mark, String problem) {
        return generation(number, parent, mark, null, problem);
    }

    /** @param group null: of the whole disk */
    static GenerationInfo generation(long number, String parent, String mark, GenerationGroup group, String problem) {
        return new GenerationInfo(
                "data@" + number,
                "data",
                new UUID(1, 2),
                number,
                parent == null ? "full" : "differential",
                parent,
                mark,
                group,
                new TrackingPoint(new UUID(5, 6), number),
                NOON,
                256L << 20,
                4096,
                "raw",
                65536,
                65536,
                200L << 20,
                64L << 20,
                17,
                "packed",
                "overlay",
                "m1",
                "m1",
                1_250_000,
                problem);
    }

    static JobInfo backup(long id, String subject, JobInfo.State state) {
        return job(id, subject, state, state == JobInfo.State.FAILED ? "full" : null, Map.of());
    }

    static JobInfo job(long id, JobInfo.State state, String reason, Map<String, Object> result) {
        return job(id, "data", state, reason, result);
    }

    static JobInfo paused(JobInfo job) {
        return new JobInfo(
                job.id(),
                job.kind(),
                job.subject(),
                job.state(),
                true,
                job.phase(),
                job.doneBytes(),
                job.totalBytes(),
                job.bytesPerSecond(),
                job.etaSeconds(),
                job.started(),
                job.ended(),
                job.reason(),
                job.result());
    }

    static JobInfo job(long id, String subject, JobInfo.State state, String reason, Map<String, Object> result) {
        boolean running = state == JobInfo.State.RUNNING;
        return new JobInfo(
                id,
                "backup",
                subject,
                state,
                false,
                "copying",
                100L << 20,
                256L << 20,
                50L << 20,
                running ? 3 : -1,
                NOON,
                running ? null : NOON.plusMillis(4310),
                reason,
                result);
    }
}
