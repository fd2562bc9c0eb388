package org.hikae.shell.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.shared.FormatOptions;

/** Disks in a list. */
class FakeDisks implements Disks {

    final Map<String, DiskStatus> disks = new TreeMap<>();
    /** What is on all of them that are not raw, and in all generations. */
    final FakeFileSystem fileSystem = new FakeFileSystem();

    @Override
    public List<DiskStatus> list() {
        return List.copyOf(disks.values());
    }

    @Override
    public Disk get(String name) throws IOException {
        if (!disks.containsKey(name)) {
            throw new IOException("there is no disk " + name);
        }
        return new FakeDisk(disks.get(name), fileSystem);
    }

    @Override
    public Disk add(String name, Path path, String format, int blockSize) throws IOException {
        if (disks.containsKey(name)) {
            throw new IOException("there is a disk " + name + " already");
        }
        String chosen = format == null ? "raw" : format;
        int bytes = blockSize == 0 ? 4096 : blockSize;
        DiskStatus disk = new DiskStatus(name, path, chosen, chosen, 256L << 20, bytes, null);
        disks.put(name, disk);
        return new FakeDisk(disk, fileSystem);
    }

    @Override
    public void remove(String name) throws IOException {
        get(name);
        disks.remove(name);
    }

    @Override
    public Optional<String> at(Path file) {
        return disks.values().stream()
                .filter(disk -> disk.path().equals(file))
                .map(DiskStatus::name)
                .findFirst();
    }

    @Override
    public List<String> formats() {
        return List.of("ext", "raw", "shared");
    }

    @Override
    public List<String> sharedFormats() {
        return List.of("shared");
    }

    @Override
    public void format(String name, String format, FormatOptions options, BlockDevice door) {
        throw new UnsupportedOperationException("the shell has no door");
    }

    @Override
    public FileSystem openFileSystem(String format, BlockDevice device) throws IOException {
        device.read(ByteBuffer.allocate(1), 0);
        return fileSystem;
    }

    @Override
    public AutoCloseable use(String name, String reason) {
        return () -> {};
    }

    @Override
    public AutoCloseable use(String name, String reason, Idle idle) {
        return () -> {};
    }

    @Override
    public void letGo(String name) {}
}
