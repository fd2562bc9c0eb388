package org.hikae.block;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.job.Reason;
import org.hikae.io.FileDevice;

/** A disk that is a regular file or a block device, of format {@code raw}: all of its blocks are in use. */
final class FileDisk implements Disk {

    private final String name;
    private final UUID id;
    private final Path path;
    private final String format;
    private final int blockSize;
    private final ChangeTracker changes = new EpochTracker();
    /** Bytes; -1 before the disk could be opened for the first time. Guarded by this, as the field below. */
    private long size = -1;
    /** Which file it is, so that another one under its path is noticed. */
    private Object key;

    FileDisk(String name, UUID id, Path path, String format, int blockSize) {
        this.name = name;
        this.id = id;
        this.path = path;
        this.format = format;
        this.blockSize = blockSize;
    }

    /**
     * Opens the file once, to learn its size or to see that it still has it.
     *
     * @param used whether somebody uses the disk, so that its size is settled
     */
    synchronized void probe(boolean used) throws IOException {
        if (!isBlockSize(blockSize)) {
            throw new IOException("disk '" + name + "' cannot have blocks of " + blockSize
                    + " bytes: give a power of two from 512 to 65536");
        }
        try (FileDevice device = FileDevice.open(path, blockSize, FileDevice.Mode.READ_WRITE)) {
            if (device.size() == 0) {
                throw new IOException("disk '" + name + "' is empty: " + path + " has no bytes");
            }
            if (size < 0 || !used) {
                size = device.size();
                key = device.key();
            }
            checkSame(device);
        }
    }

    private static boolean isBlockSize(int bytes) {
        return bytes >= 512 && bytes <= 65536 && Integer.bitCount(bytes) == 1;
    }

    /** Whether it is configured as the other is: then it goes on, with what it knows of itself. */
    boolean isConfiguredAs(FileDisk other) {
        return name.equals(other.name)
                && id.equals(other.id)
                && path.equals(other.path)
                && format.equals(other.format)
                && blockSize == other.blockSize;
    }

    DiskStatus status(boolean used) {
        String problem = null;
        try {
            probe(used);
        } catch (IOException e) {
            problem = Reason.of(e);
        }
        return new DiskStatus(name, path, format, problem == null ? size() : -1, blockSize, problem);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public BlockDevice openForDoor() throws IOException {
        return open(FileDevice.Mode.READ_WRITE);
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
    public ChangeTracker changes() {
        return changes;
    }

    private long blockCount() {
        long bytes = size();
        return bytes / blockSize + (bytes % blockSize == 0 ? 0 : 1);
    }

    private BlockDevice open(FileDevice.Mode mode) throws IOException {
        FileDevice device = FileDevice.open(path, blockSize, mode);
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
            throw new IOException("disk '" + name + "' has changed its size from " + size + " to " + device.size()
                    + " bytes while in use: " + path);
        }
        if (!Objects.equals(device.key(), key)) {
            throw new IOException("disk '" + name + "' has been replaced by another file while in use: " + path);
        }
    }
}
