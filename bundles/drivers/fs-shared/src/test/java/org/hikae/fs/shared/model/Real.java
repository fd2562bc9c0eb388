package org.hikae.fs.shared.model;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.testing.Rig;

/** The file system, as a node uses it: data is written to reserved blocks before they are mapped. */
public final class Real implements Calls {

    public static final long NODE = 7;

    private final SharedFileSystem fileSystem;
    /** What was written to the blocks of the disk. */
    private final Blocks disk;

    public Real(SharedFileSystem fileSystem, Blocks disk) {
        this.fileSystem = fileSystem;
        this.disk = disk;
    }

    public SharedFileSystem fileSystem() {
        return fileSystem;
    }

    Blocks disk() {
        return disk;
    }

    @Override
    public long create(long directory, FileName name, NewFile file) throws IOException {
        return fileSystem.create(directory, name, file).inode();
    }

    @Override
    public void link(long inode, long directory, FileName name) throws IOException {
        fileSystem.link(inode, directory, name);
    }

    @Override
    public void unlink(long directory, FileName name) throws IOException {
        fileSystem.unlink(directory, name);
    }

    @Override
    public void removeDirectory(long directory, FileName name) throws IOException {
        fileSystem.removeDirectory(directory, name);
    }

    @Override
    public void rename(long fromDirectory, FileName from, long toDirectory, FileName to, boolean replace)
            throws IOException {
        fileSystem.rename(fromDirectory, from, toDirectory, to, replace);
    }

    @Override
    public void mode(long inode, int mode) throws IOException {
        fileSystem.change(inode, AttributeChange.mode(mode));
    }

    @Override
    public void attribute(long inode, FileName name, byte[] value) throws IOException {
        fileSystem.setExtendedAttribute(inode, name, value);
    }

    @Override
    public void open(long inode, long opener) throws IOException {
        fileSystem.open(inode, opener);
    }

    @Override
    public void close(long inode, long opener) throws IOException {
        fileSystem.close(inode, opener);
    }

    @Override
    public void forget(long opener) throws IOException {
        fileSystem.forget(opener);
    }

    @Override
    public void write(long inode, long logical, long count, int what) throws IOException {
        List<Long> present = new ArrayList<>();
        for (FileExtent extent : all(inode)) {
            for (long i = 0; i < extent.count(); i++) {
                if (extent.logical() + i >= logical && extent.logical() + i < logical + count) {
                    present.add(extent.physical() + i);
                }
            }
        }
        long missing = count - present.size();
        fileSystem.promise(missing, NODE);
        List<FileExtent> reserved = fileSystem.reserve(inode, logical, count, NODE);
        for (FileExtent extent : reserved) {
            for (long i = 0; i < extent.count(); i++) {
                disk.put(extent.physical() + i, what);
            }
        }
        for (long block : present) {
            disk.put(block, what);
        }
        fileSystem.map(inode, reserved, (logical + count) * Rig.BLOCK, Rig.NOW, NODE);
    }

    /** By inode: where each block of it lies; of those up to a number that are regular files. */
    Map<Long, Map<Long, Long>> blocks(long last) throws IOException {
        Map<Long, Map<Long, Long>> files = new HashMap<>();
        for (long inode = 1; inode <= last; inode++) {
            try {
                Map<Long, Long> blocks = files.computeIfAbsent(inode, key -> new HashMap<>());
                for (FileExtent extent : all(inode)) {
                    for (long i = 0; i < extent.count(); i++) {
                        blocks.put(extent.logical() + i, extent.physical() + i);
                    }
                }
            } catch (FileSystemException e) {
                files.remove(inode); // there is none, or it is no regular file
            }
        }
        return files;
    }

    List<FileExtent> all(long inode) throws IOException {
        List<FileExtent> all = new ArrayList<>();
        List<FileExtent> some = fileSystem.extents(inode, 0);
        while (!some.isEmpty()) {
            all.addAll(some);
            some = fileSystem.extents(inode, some.get(some.size() - 1).end());
        }
        return all;
    }

    @Override
    public void resize(long inode, long size) throws IOException {
        fileSystem.resize(inode, size, Rig.NOW);
    }
}
