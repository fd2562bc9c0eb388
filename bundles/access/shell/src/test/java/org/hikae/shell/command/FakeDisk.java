package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.SharedFileSystem;

/** A disk of which only what its status says is known. */
record FakeDisk(DiskStatus status, FileSystem fileSystem) implements Disk {

    @Override
    public String name() {
        return status.name();
    }

    @Override
    public UUID id() {
        return new UUID(1, 2);
    }

    @Override
    public Path path() {
        return status.path();
    }

    @Override
    public String format() {
        return status.format();
    }

    @Override
    public long size() {
        return status.size();
    }

    @Override
    public int blockSize() {
        return status.blockSize();
    }

    @Override
    public BlockDevice openForDoor() {
        throw new UnsupportedOperationException("the shell has no business at the door");
    }

    @Override
    public BlockDevice openForCopy() {
        throw new UnsupportedOperationException("the shell does not copy");
    }

    @Override
    public BlockSet used() {
        return BlockSet.range(0, status.size() / status.blockSize());
    }

    @Override
    public FileSystem openFileSystem() throws IOException {
        if (status.driver().equals("raw")) {
            throw new IOException("disk '" + name() + "' is raw");
        }
        return fileSystem;
    }

    @Override
    public FileSystem openFileSystem(BlockDevice view) {
        throw new UnsupportedOperationException("the shell has no views");
    }

    @Override
    public SharedFileSystem mount(BlockDevice door) {
        throw new UnsupportedOperationException("the shell mounts nothing");
    }

    @Override
    public CheckReport check(BlockDevice view) {
        throw new UnsupportedOperationException("the shell has no views");
    }

    @Override
    public ChangeTracker changes() {
        return new FakeTracker();
    }
}
