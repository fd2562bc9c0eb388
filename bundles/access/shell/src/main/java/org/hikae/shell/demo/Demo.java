package org.hikae.shell.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.node.Nodes;

/**
 * Backs a real file system up while two nodes overwrite the whole of its disk, and shows that the backup holds what was
 * there at the instant it began. It uses a folder, a disk, a medium and two nodes of its own, and removes them.
 */
public final class Demo {

    /** The services that the demonstration drives, as any user would. */
    public record Services(Disks disks, Nodes nodes, Media media, Backups backups, Generations generations) {}

    private static final long IMAGE_BYTES = 256L << 20;
    /** Taken while one runs: its things have the same names each time. */
    private static final Semaphore ONE = new Semaphore(1);

    private final Services services;
    private final Path parent;
    private final Consumer<String> say;

    /**
     * @param parent a folder; the demonstration works in a new one within it
     * @param say takes lines that tell what is being done
     */
    public Demo(Services services, Path parent, Consumer<String> say) {
        this.services = services;
        this.parent = parent;
        this.say = say;
    }

    /**
     * Runs the demonstration.
     *
     * @param cancel is given what stops it
     * @throws IOException if something is missing on this machine, another demonstration runs, or a step fails
     * @throws CancellationException if it was cancelled
     */
    public DemoReport run(Consumer<Runnable> cancel) throws IOException {
        if (!ONE.tryAcquire()) {
            throw new IOException("a demonstration is running already; wait for it, or use another home with --home");
        }
        try {
            return demonstrate(cancel);
        } finally {
            ONE.release();
        }
    }

    private DemoReport demonstrate(Consumer<Runnable> cancel) throws IOException {
        FileSystemTools tools = FileSystemTools.find();
        try (DemoStage stage = DemoStage.set(services, parent)) {
            say.accept("Making an ext4 image of " + (IMAGE_BYTES >> 20) + " MiB out of the files of this Java ...");
            tools.makeImage(stage.image(), IMAGE_BYTES, stage.files());
            stage.addThings();
            String before = Hashes.sha256(stage.image());

            say.accept("Backing it up, while two nodes overwrite all of it from the instant on ...");
            Job backup =
                    services.backups().backUp(new BackupRequest(DemoStage.DISK, DemoStage.MEDIUM, List.of(), 0, 0));
            cancel.accept(backup::cancel);
            long noise = new NoiseWriters(services.nodes(), DemoStage.DISK).overwrite(backup, DemoStage.NODES);
            Map<String, Object> result = resultOf(backup);

            say.accept("Restoring the generation, and comparing ...");
            Job restore = services.backups()
                    .restore(new RestoreRequest(
                            String.valueOf(result.get("generation")),
                            new RestoreRequest.ToFile(stage.restored(), false),
                            0));
            cancel.accept(restore::cancel);
            resultOf(restore);
            return new DemoReport(
                    result,
                    noise,
                    Hashes.sha256(stage.restored()).equals(before),
                    tools.isClean(stage.restored()),
                    !Hashes.sha256(stage.image()).equals(before) && !tools.isClean(stage.image()));
        }
    }

    private static Map<String, Object> resultOf(Job job) throws IOException {
        try {
            while (!job.await(Duration.ofSeconds(1))) {
                // A job ends by itself, or because it is cancelled.
            }
        } catch (InterruptedException e) {
            job.cancel();
            throw new IOException("interrupted", e);
        }
        JobInfo info = job.info();
        if (info.state() == JobInfo.State.CANCELLED) {
            throw new CancellationException("the demonstration was cancelled");
        }
        if (info.state() != JobInfo.State.DONE) {
            throw new IOException("the " + info.kind() + " failed: " + info.reason());
        }
        return info.result();
    }
}
