package org.hikae.fs.shared;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.fs.shared.table.AttributeTable;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.Times;

/** Attributes of files, the extended ones too, and targets of symlinks. */
final class Attributes {

    private static final int LONGEST_NAME = 255;

    private final Volume volume;

    Attributes(Volume volume) {
        this.volume = volume;
    }

    FileAttributes get(long inode) throws IOException {
        return volume.read(view -> InodeTable.get(view, inode).attributes());
    }

    FileName symlinkTarget(long inode) throws IOException {
        return volume.read(view -> targetOf(InodeTable.get(view, inode)));
    }

    static FileName targetOf(Inode inode) throws FileSystemException {
        if (inode.target() == null) {
            throw new FileSystemException("inode " + inode.number(), null, "it is no symbolic link");
        }
        return inode.target();
    }

    FileAttributes change(long number, AttributeChange change) throws IOException {
        check(change);
        return volume.change(edit -> {
            Inode inode = InodeTable.get(edit.tables(), number);
            Times old = inode.times();
            Inode changed = inode.withOwner(
                            change.mode() == null ? inode.mode() : change.mode(),
                            change.uid() == null ? inode.uid() : change.uid(),
                            change.gid() == null ? inode.gid() : change.gid())
                    .withTimes(new Times(
                            or(change.accessed(), old.accessed()),
                            or(change.modified(), old.modified()),
                            edit.now(),
                            or(change.created(), old.created())));
            InodeTable.put(edit.tables(), changed);
            return changed.attributes();
        });
    }

    private static void check(AttributeChange change) {
        if (change.mode() != null) {
            NewFiles.checkMode(change.mode());
        }
        if (change.uid() != null) {
            NewFiles.checkId(change.uid());
        }
        if (change.gid() != null) {
            NewFiles.checkId(change.gid());
        }
    }

    private static Instant or(Instant wanted, Instant old) {
        return wanted == null ? old : wanted;
    }

    List<ExtendedAttribute> extended(long inode) throws IOException {
        return volume.read(view -> {
            InodeTable.get(view, inode);
            return AttributeTable.list(view, inode);
        });
    }

    void setExtended(long number, FileName name, byte[] value) throws IOException {
        if (value != null) {
            check(name, value);
            volume.requireRoom(value.length);
        }
        volume.change(edit -> {
            Inode inode = InodeTable.get(edit.tables(), number);
            if (value != null) {
                requireRoom(AttributeTable.list(edit.tables(), number), name, value);
                AttributeTable.put(edit.tables(), number, name, value);
            } else if (AttributeTable.contains(edit.tables(), number, name)) {
                AttributeTable.remove(edit.tables(), number, name);
            } else {
                throw new NoSuchFileException(name.toString(), null, "inode " + number + " has no such attribute");
            }
            InodeTable.put(edit.tables(), inode.withTimes(inode.times().changed(edit.now())));
            return null;
        });
    }

    private static void requireRoom(List<ExtendedAttribute> present, FileName name, byte[] value)
            throws FileSystemFullException {
        long size = AttributeTable.size(name, value);
        for (ExtendedAttribute each : present) {
            size += each.name().equals(name) ? 0 : AttributeTable.size(each.name(), each.value());
        }
        if (size > AttributeTable.MOST) {
            throw new FileSystemFullException("the attributes of a file have at most " + AttributeTable.MOST
                    + " bytes together; remove some before '" + name + "' is set");
        }
    }

    private static void check(FileName name, byte[] value) throws FileSystemException {
        if (name.length() == 0 || name.length() > LONGEST_NAME) {
            throw new FileSystemException(
                    name.toString(), null, "the name of an attribute has from 1 to " + LONGEST_NAME + " bytes");
        } else if (value.length > AttributeTable.LONGEST_VALUE) {
            throw new FileSystemException(
                    name.toString(),
                    null,
                    "the value of an attribute has at most " + AttributeTable.LONGEST_VALUE
                            + " bytes, and this one has " + value.length);
        }
    }
}
