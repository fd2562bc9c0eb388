package org.hikae.block;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DetectedFileSystem;
import org.hikae.api.job.Reason;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.block.inplace.StandIn;
import org.hikae.block.inplace.StandIns;
import org.hikae.block.tracking.FileSystemStamp;
import org.hikae.block.tracking.Trackers;
import org.hikae.io.FileDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A disk that is a regular file or a block device, with a file system whose format a driver knows, or raw. */
final class FileDisk implements Disk {

    private static final Logger LOG = LoggerFactory.getLogger(FileDisk.class);

    /** Bytes; any block size does for looking. */
    private static final int SECTOR = 512;

    private final Formats formats;
    private final Trackers trackers;
    private final StandIns standIns;
    /** One for the life of the disk, so that its tracking stays the same when its format changes. */
    private final FileSystemStamp lastUse = this::lastUse;
    /** Only the format ever changes. */
    private volatile DiskSettings settings;
    /** Bytes; -1 before the disk could be opened for the first time. Guarded by this, as the fields below. */
    private long size = -1;
    /** Which file it is, so that another one under its path is noticed. */
    private Object key;
    /** The exact format that was found last; before that, what is configured. */
    private String format;
    /** Why the file system could not be read when it was looked at last; null if it could, or there is none. */
    private String formatProblem;

    FileDisk(DiskSettings settings, Formats formats, Trackers trackers, StandIns standIns) {
        this.settings = settings;
        this.formats = formats;
        this.trackers = trackers;
        this.standIns = standIns;
        this.format = settings.format();
    }

    /**
     * Opens the file once, to learn its size or to see that it still has it.
     *
     * @param used whether somebody uses the disk, so that its size is settled
     */
    synchronized void probe(boolean used) throws IOException {
        if (!isBlockSize(blockSize())) {
            throw new IOException("disk '" + name() + "' cannot have blocks of " + blockSize()
                    + " bytes: give a power of two from 512 to 65536");
        }
        try (FileDevice device = FileDevice.open(path(), blockSize(), FileDevice.Mode.READ_WRITE)) {
            if (device.size() == 0) {
                throw new IOException("disk '" + name() + "' is empty: " + path() + " has no bytes");
            }
            if (size < 0 || !used) {
                size = device.size();
                key = device.key();
            }
            checkSame(device);
            look(device);
        }
    }

    /**
     * Learns the exact format. A disk whose file system is not what it was can still be opened, so that it can be restored;
     * but it is never taken for a raw one.
     */
    private void look(FileDevice device) {
        formatProblem = null;
        try {
            Optional<StandIn> standIn = standIns.of(id());
            note(standIn.isPresent() ? standIn.get().ask(this::detectOverlaid) : detect(device));
        } catch (FileSystemRefusedException e) {
            formatProblem = "its file system cannot be read: " + e.getMessage()
                    + "; repair it, or remove the disk and add it again with --format raw";
        } catch (IOException e) {
            formatProblem = Reason.of(e);
        }
    }

    /** Whoever waits for this holds the monitor. */
    private Optional<DetectedFileSystem> detectOverlaid() throws IOException {
        try (BlockDevice view = overlaid(FileDevice.open(path(), blockSize(), FileDevice.Mode.READ), null)) {
            return detect(view);
        }
    }

    private Optional<DetectedFileSystem> detect(BlockDevice device) throws IOException {
        return settings.isRaw() ? Optional.empty() : formats.detect(settings.format(), device);
    }

    private void note(Optional<DetectedFileSystem> found) {
        if (found.isPresent()) {
            format = found.get().name();
        } else if (!settings.isRaw()) {
            formatProblem = "there is no file system of format " + settings.format()
                    + " on it any more; restore it, or remove the disk and add it again";
        }
    }

    private static boolean isBlockSize(int bytes) {
        return bytes >= 512 && bytes <= 65536 && Integer.bitCount(bytes) == 1;
    }

    DiskSettings settings() {
        return settings;
    }

    /** It has another format from now on; whoever holds the disk has it still. */
    synchronized void becomes(DiskSettings changed) {
        settings = changed;
        format = changed.format();
        formatProblem = null;
    }

    /** Whether it is configured as the other is: then it goes on, with what it knows of itself. */
    boolean isConfiguredAs(FileDisk other) {
        return settings.equals(other.settings);
    }

    synchronized DiskStatus status(boolean used) {
        String problem;
        long bytes = -1;
        try {
            probe(used);
            bytes = size;
            problem = formatProblem;
        } catch (IOException e) {
            problem = Reason.of(e);
        }
        return new DiskStatus(name(), path(), format, settings.format(), bytes, blockSize(), problem);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public UUID id() {
        return settings.id();
    }

    @Override
    public Path path() {
        return settings.path();
    }

    @Override
    public synchronized String format() {
        return format;
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public int blockSize() {
        return settings.blockSize();
    }

    @Override
    public BlockDevice openForDoor() throws IOException {
        FileDevice device = openFile(FileDevice.Mode.READ_WRITE);
        return overlaid(device, rewriter());
    }

    /** Says that blocks of a generation that come onto the disk are ours; null if there are none, or that cannot be said. */
    private ChangeTracker.Recorder rewriter() {
        try {
            return standIns.of(id()).isPresent() ? changes().rewrite() : null;
        } catch (IOException e) {
            LOG.warn("disk {}: what is read of its generation does not come onto it: {}", name(), Reason.of(e));
            return null;
        }
    }

    @Override
    public BlockDevice openForCopy() throws IOException {
        return open(FileDevice.Mode.READ_DIRECT);
    }

    @Override
    public BlockSet used() {
        return BlockSet.range(0, blockCount());
    }

    @Override
    public FileSystem openFileSystem() throws IOException {
        checkHasFileSystem();
        BlockDevice device = open(FileDevice.Mode.READ);
        try {
            return formats.open(settings.format(), device, device);
        } catch (IOException | RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }

    @Override
    public FileSystem openFileSystem(BlockDevice view) throws IOException {
        checkHasFileSystem();
        return formats.open(settings.format(), view, null);
    }

    @Override
    public SharedFileSystem mount(BlockDevice door) throws IOException {
        checkHasFileSystem();
        try {
            return formats.mount(settings.format(), door);
        } catch (FileSystemRefusedException e) {
            throw unreadable(e);
        }
    }

    @Override
    public CheckReport check(BlockDevice view) throws IOException {
        checkHasFileSystem();
        try {
            return formats.check(settings.format(), view);
        } catch (FileSystemRefusedException e) {
            throw unreadable(e);
        }
    }

    private IOException unreadable(FileSystemRefusedException e) {
        return new IOException(
                "the file system of disk '" + name() + "' cannot be read: " + e.getMessage() + "; what was backed up is"
                        + " in the generations that 'generation list " + name() + "' shows",
                e);
    }

    private void checkHasFileSystem() throws IOException {
        if (settings.isRaw()) {
            throw new IOException(
                    "disk '" + name() + "' is raw: it has no file system that is known here; if it has one of"
                            + " the formats of 'unit list', remove the disk and add it again; 'disk format " + name()
                            + " shared' makes one that nodes share");
        }
    }

    @Override
    public ChangeTracker changes() {
        return trackers.of(name(), id(), path(), blockSize(), lastUse);
    }

    private String lastUse() {
        LastUse use = new LastUse(
                formats, settings, () -> overlaid(FileDevice.open(path(), SECTOR, FileDevice.Mode.READ), null));
        try {
            Optional<StandIn> standIn = standIns.of(id());
            return standIn.isPresent() && !settings.isRaw() ? standIn.get().ask(use::now) : use.now();
        } catch (IOException e) {
            LOG.debug("the file system of disk {} tells nothing", name(), e);
            return "";
        }
    }

    private long blockCount() {
        long bytes = size();
        return bytes / blockSize() + (bytes % blockSize() == 0 ? 0 : 1);
    }

    private BlockDevice open(FileDevice.Mode mode) throws IOException {
        return overlaid(openFile(mode), null);
    }

    /**
     * What is seen of the disk, since a generation may stand in for it (R21).
     *
     * @param file closed if this fails
     * @param ours null for whoever only reads
     */
    private BlockDevice overlaid(FileDevice file, ChangeTracker.Recorder ours) throws IOException {
        Optional<StandIn> standIn;
        try {
            standIn = standIns.of(id());
        } catch (IOException e) {
            file.close();
            throw e;
        }
        if (standIn.isPresent()) {
            return standIn.get().open(file, ours);
        } else if (ours != null) {
            ours.close(); // it has just ended
        }
        return file;
    }

    private FileDevice openFile(FileDevice.Mode mode) throws IOException {
        FileDevice device = FileDevice.open(path(), blockSize(), mode);
        try {
            checkSame(device);
            return device;
        } catch (IOException e) {
            device.close();
            throw e;
        }
    }

    private synchronized void checkSame(FileDevice device) throws IOException {
        if (device.size() != size) {
            throw new IOException("disk '" + name() + "' has changed its size from " + size + " to " + device.size()
                    + " bytes while in use: " + path());
        }
        if (!Objects.equals(device.key(), key)) {
            throw new IOException("disk '" + name() + "' has been replaced by another file while in use: " + path());
        }
    }
}
