package org.hikae.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.shared.FormatOptions;
import org.hikae.block.tracking.Trackers;
import org.hikae.config.Configured;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one registry of shared disks (13). */
@Component
public final class DiskRegistry implements Disks {

    static final String PID = "org.hikae.disk";

    /** As long as is waited for configurations elsewhere. */
    private static final int PATIENCE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(DiskRegistry.class);

    private final Configured<FileDisk> disks;
    /** The disks that were ever configured, so that one whose component starts again keeps what it knows. */
    private final Map<String, FileDisk> known = new ConcurrentHashMap<>();

    private final Map<ConfiguredDisk, FileDisk> live = new ConcurrentHashMap<>();
    /** Changed configurations that somebody waits for. */
    private final Map<DiskSettings, CountDownLatch> awaited = new ConcurrentHashMap<>();

    private final Uses uses = new Uses();
    private final Trackers trackers;
    private final Formats formats = new Formats();

    @Activate
    public DiskRegistry(@Reference ConfigurationAdmin admin, @Reference Trackers trackers) {
        this.trackers = trackers;
        disks = new Configured<>(admin, PID, "disk", "path", "id");
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindFormat(FileSystemFormat format, Map<String, Object> properties) {
        if (properties.get(FileSystemFormat.NAME) instanceof String name) {
            formats.bind(name, format);
        } else {
            LOG.warn("a file system format without the property {} is not used: {}", FileSystemFormat.NAME, format);
        }
    }

    void unbindFormat(FileSystemFormat format, Map<String, Object> properties) {
        if (properties.get(FileSystemFormat.NAME) instanceof String name) {
            formats.unbind(name, format);
        }
    }

    /** A disk that is in use stays what it is until nobody uses it: its nodes and copiers must mean the same file. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ConfiguredDisk configured) {
        FileDisk disk = new FileDisk(configured.settings(), formats, trackers);
        FileDisk before = known.get(disk.name());
        if (before != null && before.isConfiguredAs(disk)) {
            disk = before;
        } else if (before != null && uses.any(disk.name())) {
            LOG.error("disk {} is in use: its changed configuration takes effect after a restart", disk.name());
            disk = before;
        }
        known.put(disk.name(), disk);
        live.put(configured, disk);
        disks.bind(disk.name(), disk);
        CountDownLatch waiting = awaited.get(configured.settings());
        if (waiting != null) {
            waiting.countDown();
        }
    }

    void unbind(ConfiguredDisk configured) {
        FileDisk disk = live.remove(configured);
        disks.unbind(disk.name(), disk);
    }

    @Override
    public List<DiskStatus> list() {
        List<DiskStatus> list = new ArrayList<>();
        try {
            for (Map.Entry<String, Dictionary<String, Object>> entry :
                    disks.configured().entrySet()) {
                FileDisk disk = disks.get(entry.getKey());
                list.add(
                        disk == null
                                ? broken(entry.getKey(), entry.getValue())
                                : disk.status(uses.any(entry.getKey())));
            }
            return list;
        } catch (IOException e) {
            throw new IllegalStateException("the configurations of the disks cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Disk get(String name) throws IOException {
        FileDisk disk = live(name);
        disk.probe(uses.any(name));
        return disk;
    }

    private FileDisk live(String name) throws IOException {
        FileDisk disk = disks.get(name);
        if (disk == null) {
            throw new IOException("the configuration of disk '" + name + "' makes no disk; see 'disk list'");
        }
        return disk;
    }

    @Override
    public synchronized Disk add(String name, Path path, String format, int blockSize) throws IOException {
        disks.checkNew(name);
        if (blockSize != 0 && (blockSize < 512 || blockSize > 65536 || Integer.bitCount(blockSize) != 1)) {
            throw new IOException(
                    "a disk cannot have blocks of " + blockSize + " bytes: give a power of two from 512 to 65536");
        }
        Path absolute = path.toAbsolutePath().normalize();
        UUID id = UUID.randomUUID();
        new FileDisk(new DiskSettings(name, id, absolute, DiskSettings.RAW, 512), formats, trackers).probe(false);
        checkOther(name, absolute);
        FormatChoice choice = FormatChoice.make(formats, absolute, format);
        int bytes = blockSize == 0 ? choice.blockSize() : blockSize;
        FileDisk disk = disks.add(
                name,
                Map.of(
                        "path",
                        absolute.toString(),
                        "format",
                        choice.driver(),
                        "blockSize",
                        bytes,
                        "id",
                        id.toString()));
        disk.probe(false);
        return disk;
    }

    @Override
    public List<String> formats() {
        return formats.names();
    }

    @Override
    public List<String> sharedFormats() {
        return formats.sharedNames();
    }

    @Override
    public void format(String name, String format, FormatOptions options, BlockDevice door) throws IOException {
        FileDisk disk = live(name);
        uses.end(name, "formatted", 1);
        try {
            formats.format(format, door, options);
            note(disk, format);
        } finally {
            uses.forget(name);
        }
    }

    /** The disk itself has the format first: then its component, which starts again, finds it as it is configured. */
    private void note(FileDisk disk, String format) throws IOException {
        DiskSettings before = disk.settings();
        DiskSettings after = before.withFormat(format);
        disk.becomes(after);
        if (after.equals(before)) {
            return;
        }
        CountDownLatch started = new CountDownLatch(1);
        awaited.put(after, started);
        try {
            store(disk.name(), format);
            await(disk.name(), started);
        } catch (IOException | RuntimeException e) {
            disk.becomes(before);
            throw new IOException(
                    "disk '" + disk.name() + "' holds an empty file system of format " + format
                            + " now, but is still configured as " + before.format() + ": " + e.getMessage()
                            + "; format it again",
                    e);
        } finally {
            awaited.remove(after);
        }
    }

    private void store(String name, String format) throws IOException {
        Dictionary<String, Object> configured = disks.configured().get(name);
        Map<String, Object> properties = new HashMap<>();
        Collections.list(configured.keys()).forEach(key -> properties.put(key, configured.get(key)));
        properties.put("format", format);
        disks.store(name, properties);
    }

    /** Otherwise the disk could not be seen for a moment. */
    private static void await(String name, CountDownLatch started) {
        try {
            if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("disk {} was formatted, but does not start with its new configuration", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public FileSystem openFileSystem(String format, BlockDevice device) throws IOException {
        return formats.openAny(format, device);
    }

    @Override
    public synchronized void remove(String name) throws IOException {
        disks.get(name);
        uses.end(name, "removed", 0);
        try {
            disks.remove(name);
            FileDisk gone = known.remove(name);
            if (gone != null) {
                trackers.forget(gone.id());
            }
        } finally {
            uses.forget(name);
        }
    }

    @Override
    public Optional<String> at(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Dictionary<String, Object>> entry :
                disks.configured().entrySet()) {
            Object path = entry.getValue().get("path");
            if (path != null && isSame(path.toString(), file)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(String path, Path file) throws IOException {
        try {
            Path disk = Path.of(path);
            return Files.exists(disk) && Files.isSameFile(disk, file);
        } catch (InvalidPathException e) {
            return false; // edited into something that no disk can be
        }
    }

    @Override
    public AutoCloseable use(String name, String reason) throws IOException {
        boolean inUse = uses.any(name);
        AutoCloseable use = uses.begin(name, reason);
        try {
            FileDisk disk = live(name);
            disk.probe(inUse);
            checkOther(name, disk.path());
            return use;
        } catch (IOException | RuntimeException e) {
            uses.give(use);
            throw e;
        }
    }

    /** One file under two names would have two doors (idea 3). */
    private void checkOther(String name, Path path) throws IOException {
        for (FileDisk disk : disks.live()) {
            if (!disk.name().equals(name) && Files.exists(disk.path()) && Files.isSameFile(disk.path(), path)) {
                throw new IOException(path + " is disk '" + disk.name() + "' already");
            }
        }
    }

    private DiskStatus broken(String name, Dictionary<String, Object> properties) {
        return new DiskStatus(
                name,
                path(properties.get("path")),
                Objects.toString(properties.get("format"), DiskSettings.RAW),
                Objects.toString(properties.get("format"), DiskSettings.RAW),
                -1,
                -1,
                disks.missing(properties).orElse("its configuration makes no disk; see the log"));
    }

    private static Path path(Object configured) {
        try {
            return configured == null ? null : Path.of(configured.toString());
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
