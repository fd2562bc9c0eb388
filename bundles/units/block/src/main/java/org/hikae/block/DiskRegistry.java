package org.hikae.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.shared.FormatOptions;
import org.hikae.block.inplace.InPlaceDisks;
import org.hikae.block.inplace.StandIn;
import org.hikae.block.inplace.StandIns;
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
@Component(service = {Disks.class, InPlaceDisks.class})
public final class DiskRegistry implements Disks, InPlaceDisks {

    static final String PID = "org.hikae.disk";

    private static final Logger LOG = LoggerFactory.getLogger(DiskRegistry.class);

    private final Configured<FileDisk> disks;
    /** The disks that were ever configured, so that one whose component starts again keeps what it knows. */
    private final Map<String, FileDisk> known = new ConcurrentHashMap<>();

    private final Map<ConfiguredDisk, FileDisk> live = new ConcurrentHashMap<>();
    private final Uses uses = new Uses();
    private final Trackers trackers;
    private final StandIns standIns;
    private final Formats formats = new Formats();
    private final FormatNotes notes;

    @Activate
    public DiskRegistry(
            @Reference ConfigurationAdmin admin, @Reference Trackers trackers, @Reference StandIns standIns) {
        this.trackers = trackers;
        this.standIns = standIns;
        disks = new Configured<>(admin, PID, "disk", "path", "id");
        notes = new FormatNotes(disks);
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
        FileDisk disk = disk(shown(configured.settings()));
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
        notes.started(configured.settings());
    }

    private FileDisk disk(DiskSettings settings) {
        return new FileDisk(settings, formats, trackers, standIns);
    }

    /** As it is seen: with the format of the generation that stands in for it. */
    private DiskSettings shown(DiskSettings configured) {
        try {
            return standIns.of(configured.id())
                    .map(standIn -> configured.withFormat(standIn.format()))
                    .orElse(configured);
        } catch (IOException e) {
            return configured; // whoever opens it is told
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
        disk(new DiskSettings(name, id, absolute, DiskSettings.RAW, 512)).probe(false);
        checkOther(name, absolute);
        standIns.checkFree(absolute);
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
            checkOwn(disk, "formatted");
            formats.format(format, door, options);
            noteNew(disk, format);
        } finally {
            uses.forget(name);
        }
    }

    private void noteNew(FileDisk disk, String format) throws IOException {
        String before = disk.settings().format();
        try {
            notes.note(disk, format);
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "disk '" + disk.name() + "' holds an empty file system of format " + format
                            + " now, but is still configured as " + before + ": " + e.getMessage()
                            + "; format it again",
                    e);
        }
    }

    /** A disk that is a generation still is not lost by accident. */
    private void checkOwn(FileDisk disk, String what) throws IOException {
        Optional<StandIn> standIn = standIns.of(disk.id());
        if (standIn.isPresent()) {
            throw new IOException("disk '" + disk.name() + "' cannot be " + what + ": generation "
                    + standIn.get().generation() + " stands in for it; "
                    + standIn.get().howToEnd());
        }
    }

    @Override
    public void alone(String name, String what, Action action) throws IOException {
        FileDisk disk = live(name);
        uses.letGo(name);
        uses.end(name, what, 0);
        try {
            disk.probe(false);
            checkOther(name, disk.path());
            action.run(disk);
        } finally {
            uses.forget(name);
        }
    }

    @Override
    public String driver(String format, BlockDevice generation) throws IOException {
        return FormatChoice.driver(formats, generation, format);
    }

    @Override
    public void refresh(String name) throws IOException {
        FileDisk disk = live(name);
        live.forEach((configured, each) -> {
            if (each == disk) {
                disk.becomes(shown(configured.settings()));
            }
        });
    }

    @Override
    public void keepFormat(String name, String format) throws IOException {
        notes.note(live(name), format);
    }

    @Override
    public FileSystem openFileSystem(String format, BlockDevice device) throws IOException {
        return formats.openAny(format, device);
    }

    @Override
    public synchronized void remove(String name) throws IOException {
        disks.get(name);
        uses.letGo(name);
        uses.end(name, "removed", 0);
        try {
            if (known.containsKey(name)) {
                checkOwn(known.get(name), "removed");
            }
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
        Optional<String> disk = ConfiguredPaths.diskAt(disks.configured(), file);
        return disk.isPresent() ? disk : standIns.at(file);
    }

    @Override
    public AutoCloseable use(String name, String reason) throws IOException {
        return use(name, reason, () -> {});
    }

    @Override
    public void letGo(String name) throws IOException {
        uses.letGo(name);
    }

    @Override
    public AutoCloseable use(String name, String reason, Idle idle) throws IOException {
        boolean inUse = uses.any(name);
        AutoCloseable use = uses.begin(name, reason, idle);
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
                ConfiguredPaths.path(properties),
                Objects.toString(properties.get("format"), DiskSettings.RAW),
                Objects.toString(properties.get("format"), DiskSettings.RAW),
                -1,
                -1,
                disks.missing(properties).orElse("its configuration makes no disk; see the log"));
    }
}
