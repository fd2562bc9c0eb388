package org.hikae.node.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.AttributeChange;
import org.hikae.io.FirstFailure;
import org.hikae.node.volume.FileContent;
import org.hikae.node.volume.NodeVolume;

/** What a node does with the shared file system of a disk, for all who have it open there. Thread-safe. */
public final class FileVolume {

    private final String disk;
    private final OpenVolume volume;
    private final FileTable table;

    public FileVolume(String disk, OpenVolume volume) {
        this.disk = disk;
        this.volume = volume;
        this.table = new FileTable(disk, volume);
    }

    /** The file; null if the node has nothing of it. */
    public CoherentFile find(CachedFile file) {
        return table.find(file.file());
    }

    <T> T ask(NodeVolume.Call<T> call) throws IOException {
        volume.node().check();
        return call.on(volume.files());
    }

    <T> T mutate(NodeVolume.Call<T> call) throws IOException {
        try (NodeAccess.Inside inside = volume.node().enter()) {
            return volume.change(call);
        }
    }

    FileAttributes attributes(long inode) throws IOException {
        FileAttributes there = ask(files -> files.attributes(inode));
        return there.type() == FileType.REGULAR ? using(inode, RegularFile::attributes) : there;
    }

    FileAttributes change(long inode, AttributeChange change) throws IOException {
        FileAttributes there = ask(files -> files.attributes(inode));
        return there.type() == FileType.REGULAR
                ? using(inode, file -> file.change(change))
                : mutate(files -> files.change(inode, change));
    }

    private <T> T using(long inode, Use<T> use) throws IOException {
        RegularFile file = table.take(inode);
        try {
            return use.of(file);
        } finally {
            table.give(file);
        }
    }

    FileContent open(long inode, Consumer<FileContent> whenClosed) throws IOException {
        volume.node().check();
        RegularFile file = table.take(inode);
        boolean opened = false;
        try {
            file.opening().open();
            opened = true;
            return new OpenFile(this, file, whenClosed);
        } finally {
            if (!opened) {
                table.give(file);
            }
        }
    }

    void closed(RegularFile file) throws IOException {
        file.opening().leave();
        try {
            if (!volume.node().isGone()) {
                file.pushTime();
                file.opening().closeIfSettled(file);
            }
        } finally {
            table.give(file);
        }
    }

    /** Writes all out; others may go on writing. All files are tried, whatever fails. */
    public void flush() throws IOException {
        FirstFailure failures = new FirstFailure();
        for (RegularFile file : table.all()) {
            failures.collect(() -> {
                if (file.opening().isOpen()) {
                    file.settle();
                }
            });
        }
        failures.end();
    }

    /** Makes all durable that was written before on this node. */
    public void force() throws IOException {
        flush();
        volume.makeDurable();
    }

    public long dirtyBytes() {
        return table.all().stream().mapToLong(CoherentFile::dirtyBytes).sum();
    }

    /** What the node has of all files (a.1). */
    public List<CachedRegion> regions() {
        List<CachedRegion> regions = new ArrayList<>();
        table.all().forEach(file -> regions.addAll(file.regions()));
        return regions;
    }

    /** Gives all up. All is written out, or the node is gone. */
    public void release() throws IOException {
        table.clear();
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(RegularFile file) throws IOException;
    }
}
