package org.hikae.fs.shared;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.api.shared.spi.FreeSpace;
import org.hikae.fs.shared.check.Check;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.table.FreeTable;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;

/** A file system in use: gives each call to the part that does it. */
final class MountedFileSystem implements SharedFileSystem {

    private final Volume volume;
    private final FileSystemInfo info;
    private final Openings openings = new Openings();
    private final Reservations reservations;
    private final Remains remains;
    private final Tree tree;
    private final Renaming renaming;
    private final Attributes attributes;
    private final Content content;

    MountedFileSystem(Volume volume, FileSystemInfo info) {
        this.volume = volume;
        this.info = info;
        reservations = volume.reservations();
        remains = new Remains(volume, openings);
        tree = new Tree(volume, remains);
        renaming = new Renaming(volume, tree, remains);
        attributes = new Attributes(volume);
        content = new Content(volume, remains);
    }

    /**
     * Takes a file system into use, and ends what a crash has interrupted.
     *
     * @param store its tables; closed with it
     */
    static MountedFileSystem of(
            Superblock superblock, FileSystemInfo info, MetadataStore store, FreeSpace.Factory factory, Clock clock)
            throws IOException {
        FreeSpace free = factory.of(store.read(new FreeTable(superblock.data())::all));
        MountedFileSystem mounted = new MountedFileSystem(new Volume(superblock, store, free, clock), info);
        mounted.remains.finishAll();
        mounted.commit();
        return mounted;
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    @Override
    public Space space() {
        return volume.space();
    }

    @Override
    public long root() {
        return InodeTable.ROOT;
    }

    @Override
    public Lookup lookup(long directory, List<FileName> names) throws IOException {
        return tree.lookup(directory, names);
    }

    @Override
    public long parent(long directory) throws IOException {
        return tree.parent(directory);
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        return attributes.get(inode);
    }

    @Override
    public Listing list(long directory, long from) throws IOException {
        return tree.list(directory, from);
    }

    @Override
    public FileName symlinkTarget(long inode) throws IOException {
        return attributes.symlinkTarget(inode);
    }

    @Override
    public FileAttributes create(long directory, FileName name, NewFile file) throws IOException {
        return tree.create(directory, name, file);
    }

    @Override
    public void link(long inode, long directory, FileName name) throws IOException {
        tree.link(inode, directory, name);
    }

    @Override
    public void unlink(long directory, FileName name) throws IOException {
        tree.unlink(directory, name);
    }

    @Override
    public void removeDirectory(long directory, FileName name) throws IOException {
        tree.removeDirectory(directory, name);
    }

    @Override
    public void rename(long fromDirectory, FileName from, long toDirectory, FileName to, boolean replace)
            throws IOException {
        renaming.rename(fromDirectory, from, toDirectory, to, replace);
    }

    @Override
    public FileAttributes change(long inode, AttributeChange change) throws IOException {
        return attributes.change(inode, change);
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) throws IOException {
        return attributes.extended(inode);
    }

    @Override
    public void setExtendedAttribute(long inode, FileName name, byte[] value) throws IOException {
        attributes.setExtended(inode, name, value);
    }

    @Override
    public void open(long inode, long opener) throws IOException {
        // As a change, since a removal must come before or after it.
        volume.change(edit -> {
            InodeTable.get(edit.tables(), inode);
            openings.open(inode, opener);
            return null;
        });
    }

    @Override
    public void close(long inode, long opener) throws IOException {
        volume.change(edit -> {
            if (openings.isLast(inode, opener)) {
                Inode file = InodeTable.find(edit.tables(), inode);
                if (file != null && file.links() == 0) {
                    remains.remove(edit, file);
                }
            }
            openings.close(inode, opener);
            return null;
        });
        remains.finish();
    }

    @Override
    public void forget(long opener) throws IOException {
        // As a change, so that it does not come into the midst of one that maps what is reserved.
        volume.change(edit -> {
            reservations.forget(opener);
            return null;
        });
        for (long inode : openings.of(opener)) {
            while (openings.isOpen(inode, opener)) {
                close(inode, opener);
            }
        }
    }

    @Override
    public List<FileExtent> extents(long inode, long from) throws IOException {
        return content.extents(inode, from);
    }

    @Override
    public void promise(long blocks, long opener) throws IOException {
        content.promise(blocks, opener);
    }

    @Override
    public void giveBack(long blocks, long opener) {
        reservations.giveBack(blocks, opener);
    }

    @Override
    public List<FileExtent> reserve(long inode, long logical, long count, long opener) throws IOException {
        return content.reserve(inode, logical, count, opener);
    }

    @Override
    public void map(long inode, List<FileExtent> written, long size, Instant modified, long opener) throws IOException {
        content.map(inode, written, size, modified, opener);
    }

    @Override
    public void resize(long inode, long size, Instant modified) throws IOException {
        content.resize(inode, size, modified);
    }

    @Override
    public void commit() throws IOException {
        volume.commit();
    }

    @Override
    public CheckReport check() throws IOException {
        return volume.look(view -> new Check(volume.superblock(), view).run(List.of()));
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (volume.isClosed()) {
                return;
            }
            openings.clear();
            try {
                remains.finishAll();
            } finally {
                volume.close();
            }
        }
    }
}
