package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.osgi.framework.BundleContext;

/**
 * The platform as tests use it: four nodes, two media of the driver {@code probe}, and the gathering {@code probe}.
 * Services are looked up whenever they are used, since they come and go.
 */
final class Lab {
    static final String MEDIUM = "m1";
    static final String OTHER_MEDIUM = "m2";

    private static Lab only;

    final Services services;
    final ProbeGathering gathering;
    private final BundleContext context;
    private final Map<String, ProbeGathering> probes = new HashMap<>();
    final ProbeDriver driver;
    final Path folder;
    private int disksMade;

    private Lab(BundleContext context) throws IOException {
        this.context = context;
        services = new Services(context);
        gathering = ProbeGathering.register(context, services, "probe");

        driver = ProbeDriver.register(context, services, "probe");
        folder = Path.of(context.getProperty("hikae.home")).resolve("lab");
        addMedium(MEDIUM, "probe");
        addMedium(OTHER_MEDIUM, "probe");
        for (int i = 2; i <= 4; i++) {
            nodes().add("n" + i);
        }
    }

    /** A gathering with a watch on it. */
    synchronized ProbeGathering probe(String name) {
        return probes.computeIfAbsent(name, any -> ProbeGathering.register(context, services, "probe-" + name, name));
    }

    /** Nobody is told of anything any more. */
    synchronized void watchNothing() {
        gathering.watch(new ProbeGathering.Watch() {});
        probes.values().forEach(probe -> probe.watch(new ProbeGathering.Watch() {}));
        driver.watch(new ProbeDriver.Watch() {});
    }

    Disks disks() {
        return services.get(Disks.class);
    }

    Nodes nodes() {
        return services.get(Nodes.class);
    }

    Media media() {
        return services.get(Media.class);
    }

    Generations generations() {
        return services.get(Generations.class);
    }

    Backups backups() {
        return services.get(Backups.class);
    }

    LogManager logManager() {
        return services.get(LogManager.class);
    }

    /** The one of this framework. */
    static synchronized Lab in(BundleContext context) throws IOException {
        if (only == null) {
            only = new Lab(context);
        }
        return only;
    }

    void addMedium(String name, String driverName) throws IOException {
        Files.createDirectories(folder.resolve(name));
        media().add(name, driverName, folder.resolve(name).toString(), false);
    }

    /** A disk with some random data in it, under a new name. */
    Disk disk(long size, int blockSize, long seed) throws IOException {
        String name = "d" + ++disksMade;
        Path file = folder.resolve(name + ".img");
        DiskFile.create(file, size, seed);
        return disks().add(name, file, null, blockSize);
    }

    /** A disk without holes. */
    Disk fullDisk(long size, int blockSize) throws IOException {
        Disk disk = disk(size, blockSize, size);
        DiskFile.fill(disk.path());
        return disk;
    }

    void forget(Disk disk) throws IOException {
        disks().remove(disk.name());
        Files.delete(disk.path());
    }

    void strategy(String disk, String place, String logMedium) throws IOException {
        strategy(disk, "probe", place, logMedium);
    }

    void strategy(String disk, String gather, String place, String logMedium) throws IOException {
        logManager().setStrategy(disk, new LogStrategy(gather, place, logMedium));
    }

    Job start(Disk disk) throws IOException {
        return backups().backUp(new BackupRequest(disk.name(), MEDIUM, List.of(), 0, 0));
    }

    static JobInfo end(Job job) throws InterruptedException {
        assertThat(job.await(Services.DEADLINE)).as("%s", job.info()).isTrue();
        return job.info();
    }

    /** The id of the generation that the job has made. */
    static String generation(Job job) throws InterruptedException {
        JobInfo info = end(job);
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
        return (String) info.result().get("generation");
    }

    /** The reason for which the job has failed. */
    static String failure(Job job) throws InterruptedException {
        JobInfo info = end(job);
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.FAILED);
        return info.reason();
    }

    Path restore(String generation) throws IOException, InterruptedException {
        Path file = folder.resolve("restored.img");
        RestoreRequest request = new RestoreRequest(generation, new RestoreRequest.ToFile(file, true), 0);
        JobInfo info = end(backups().restore(request));
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
        return file;
    }

    void verify(String generation) throws IOException, InterruptedException {
        JobInfo info = end(backups().verify(generation));
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
    }

    Node node(String name) throws IOException {
        return nodes().get(name);
    }

    /** Everything that lies on a medium. */
    List<String> files(String medium) throws IOException {
        Path root = folder.resolve(medium);
        return files(root).map(file -> root.relativize(file).toString()).toList();
    }

    /** The files of temporary logs that all nodes have in the home. */
    List<Path> temporaryLogs() throws IOException {
        return files(folder.resolveSibling("log"))
                .filter(file -> file.toString().matches(".*\\.(list|data)"))
                .toList();
    }

    private static Stream<Path> files(Path root) throws IOException {
        if (Files.notExists(root)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }
}
