package org.hikae.block.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hikae.config.PlatformHome;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The change tracking of all disks, in the home of the platform. */
@Component(service = Trackers.class)
public final class Trackers {

    /** Bytes of a region log; a full one makes everything exact and durable, and the next begins. */
    private static final int LOG_BYTES = 1 << 20;

    /** A disk that nobody has had open for so long is left as after a clean stop. */
    private static final long IDLE_SECONDS = 5;

    private final Path folder;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Trackers::thread);
    private final Executor afterwards = work -> timer.schedule(work, IDLE_SECONDS, TimeUnit.SECONDS);
    /** Guarded by this. */
    private final Map<UUID, Open> open = new HashMap<>();

    @Activate
    public Trackers(BundleContext context) {
        this(PlatformHome.folder(context, "tracking"));
    }

    /** @param folder where each disk has a folder of its own; made when it is needed */
    public Trackers(Path folder) {
        this.folder = folder;
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "hikae-tracking");
        thread.setDaemon(true);
        return thread;
    }

    /** A disk's tracking, and by what the disk is known. */
    private record Open(Tracking tracking, Subject disk, FileStamps stamps) {}

    /**
     * The tracking of a disk; nothing is read before it is needed.
     *
     * @param blockSize bytes
     */
    public synchronized Tracking of(String name, UUID id, Path path, int blockSize, FileSystemStamp fileSystem) {
        Subject disk = new Subject(name, id, blockSize);
        FileStamps stamps = new FileStamps(path, fileSystem);
        Open known = open.get(id);
        if (known != null && known.disk.equals(disk) && known.stamps.equals(stamps)) {
            return known.tracking;
        } else if (known != null) {
            known.tracking.close();
        }
        TrackingFiles files = new TrackingFiles(storage(id), LOG_BYTES);
        Tracking tracking = new Tracking(disk, files, stamps, InstantSource.system(), UUID::randomUUID, afterwards);
        open.put(id, new Open(tracking, disk, stamps));
        return tracking;
    }

    private FolderStorage storage(UUID id) {
        return new FolderStorage(folder.resolve(id.toString()));
    }

    /** What is known of the disk goes, since the disk does. */
    public synchronized void forget(UUID id) throws IOException {
        Open known = open.remove(id);
        if (known != null) {
            known.tracking.close();
        }
        storage(id).remove();
    }

    @Deactivate
    synchronized void stop() {
        timer.shutdown();
        open.values().forEach(each -> each.tracking.close());
        open.clear();
    }
}
