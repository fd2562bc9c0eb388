package org.hikae.block.inplace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.block.tracking.DamagedException;
import org.hikae.block.tracking.FolderStorage;
import org.hikae.config.PlatformHome;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generations stand in for which disks, in the home of the platform. Whoever opens a disk asks here first; so what the
 * platform before this one left is read before there is any disk. Thread-safe.
 */
@Component(service = StandIns.class)
public final class StandIns {

    /** What to do if it is not known which blocks are the generation's. */
    static final String ADVICE =
            "; put that file back from a copy of the home; or give up what was written since the mount:"
                    + " stop the platform, remove the folder of that file, start it again, and restore the generation onto the disk";

    /** Bytes of a log; a full one is folded into a set. */
    private static final int LOG_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(StandIns.class);

    private final Path folder;
    private final Duration patience;
    /** By the ids of the disks. Guarded by this, as the next. */
    private final Map<UUID, StandIn> mounted = new HashMap<>();
    /** Why it is not known what stands in for a disk. */
    private final Map<UUID, String> damaged = new HashMap<>();
    /** Null as long as there is no media control. */
    private volatile Generations generations;

    @Activate
    public StandIns(BundleContext context) {
        this(PlatformHome.folder(context, "in-place"));
    }

    /** @param folder where each disk has a folder of its own, as long as a generation stands in for it */
    public StandIns(Path folder) {
        this(folder, Asking.PATIENCE);
    }

    /** @param patience how long those wait for a medium who only want to know how a disk stands */
    public StandIns(Path folder, Duration patience) {
        this.folder = folder;
        this.patience = patience;
        find();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bind(Generations media) {
        generations = media;
    }

    public void unbind(Generations media) {
        if (generations == media) {
            generations = null;
        }
    }

    /** A bringing back may be left that waits for its medium; it must not write once others use the disk. */
    @Deactivate
    void stop() {
        all().forEach(StandIn::stop);
    }

    private void find() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
            for (Path each : folders) {
                find(each);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "which generations stand in for disks cannot be read from " + folder + ": " + Reason.of(e), e);
        }
    }

    private void find(Path each) {
        UUID disk;
        try {
            disk = UUID.fromString(each.getFileName().toString());
        } catch (IllegalArgumentException e) {
            LOG.warn("{} is none of ours", each);
            return;
        }
        FolderStorage storage = new FolderStorage(each);
        try {
            PresenceStore.find(storage, LOG_BYTES)
                    .ifPresentOrElse(store -> mounted.put(disk, standIn(store)), () -> remove(storage));
        } catch (DamagedException e) {
            damaged.put(disk, Reason.of(e) + ", in the folder " + each + ADVICE);
        } catch (IOException e) {
            damaged.put(disk, Reason.of(e) + "; make the home readable, and start the platform again");
        }
    }

    private static void remove(FolderStorage ended) {
        try {
            ended.remove();
        } catch (IOException e) {
            LOG.warn("the folder of a mount that has ended stays for now: {}", Reason.of(e));
        }
    }

    private StandIn standIn(PresenceStore store) {
        return new StandIn(store, () -> open(store.state()), new Asking(patience));
    }

    private BlockDevice open(InPlaceState state) throws IOException {
        String id = state.generation().id();
        try {
            GenerationReader reader = generations().open(id);
            boolean same = reader.info().diskId().equals(state.generation().disk())
                    && reader.info().instant().equals(state.generation().instant())
                    && reader.size() == state.generation().size();
            if (!same) {
                reader.close();
                throw new IOException("another generation has its name");
            }
            return reader;
        } catch (IOException e) {
            throw new IOException(
                    "generation " + id + ", which stands in for disk '" + state.name() + "', cannot be read: "
                            + Reason.of(e) + "; once it can be read again, so can the disk",
                    e);
        }
    }

    private Generations generations() throws IOException {
        Generations media = generations;
        if (media == null) {
            throw new IOException("media control is not there yet");
        }
        return media;
    }

    /**
     * What stands in for a disk.
     *
     * @throws IOException if that is not known: the disk must not be used
     */
    public synchronized Optional<StandIn> of(UUID disk) throws IOException {
        String damage = damaged.get(disk);
        if (damage != null) {
            throw new IOException("the disk with the id " + disk
                    + " cannot be used: what stands in for it is not known, since " + damage);
        }
        return Optional.ofNullable(mounted.get(disk));
    }

    /** Whether it is not known what stands in for some disk. */
    synchronized boolean anyDamaged() {
        return !damaged.isEmpty();
    }

    synchronized List<StandIn> all() {
        return new ArrayList<>(mounted.values());
    }

    /** The disk that a file is for which a generation stands in, though it may not be configured any more: its name. */
    public Optional<String> at(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        for (StandIn each : all()) {
            if (isSame(each.state().path(), file)) {
                return Optional.of(each.state().name());
            }
        }
        return Optional.empty();
    }

    /** Refuses such a file: only a part of what its disk holds is on it. */
    public void checkFree(Path file) throws IOException {
        Optional<String> disk = at(file);
        if (disk.isPresent()) {
            throw new IOException(file + " is disk '" + disk.get()
                    + "', for which a generation stands in: give that disk" + " its configuration back");
        }
    }

    private static boolean isSame(String path, Path file) throws IOException {
        try {
            return Files.exists(Path.of(path)) && Files.isSameFile(Path.of(path), file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Lets a generation stand in for a disk, durably.
     *
     * @throws IOException if the home cannot be written; if it does not stand in after all, all is as it was
     */
    synchronized void begin(InPlaceState first) throws IOException {
        FolderStorage storage = new FolderStorage(folder.resolve(first.disk().toString()));
        try {
            mounted.put(first.disk(), standIn(PresenceStore.create(storage, LOG_BYTES, first)));
        } catch (IOException e) {
            if (!isGone(storage)) {
                // It may be found after a restart. The home knows it for certain before anything is written to the
                // disk.
                mounted.put(first.disk(), standIn(PresenceStore.of(storage, LOG_BYTES, first)));
            }
            throw e;
        }
    }

    private static boolean isGone(FolderStorage storage) {
        try {
            storage.delete(PresenceStore.STATE);
            storage.forceFolder();
            return true;
        } catch (IOException e) {
            LOG.warn("what is left in {} of a mount that failed cannot be removed", storage.folder(), e);
            return false;
        }
    }

    /**
     * Ends it, durably.
     *
     * @throws IOException if the home cannot be written; it stands in still
     */
    void end(StandIn ending) throws IOException {
        ending.end();
        synchronized (this) {
            mounted.remove(ending.state().disk(), ending);
        }
        remove(new FolderStorage(folder.resolve(ending.state().disk().toString())));
    }
}
