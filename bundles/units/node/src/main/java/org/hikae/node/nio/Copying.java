package org.hikae.node.nio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.AttributeChange;

/** Copies a file, or moves it; within a file system or between two of them. */
final class Copying {

    private final NodePath source;
    private final NodePath target;
    private final CopyOptions options;
    private final FileTree from;
    private final FileTree to;

    Copying(NodePath source, NodePath target, CopyOptions options) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.from = source.getFileSystem().files();
        this.to = target.getFileSystem().files();
    }

    /** Copies a file, or makes a directory like another. */
    void copy() throws IOException {
        FileAttributes file = from.attributes(source, options.follow());
        if (makeRoom(file)) {
            copy(file);
        }
    }

    /**
     * Moves a file, or a directory with all in it; between disks only an empty one.
     *
     * @throws AtomicMoveNotSupportedException if it has to be atomic, and they lie on different disks
     */
    void move() throws IOException {
        if (options.atomic()) {
            if (!sameDisk()) {
                throw new AtomicMoveNotSupportedException(
                        source.toString(), target.toString(), "they lie on different disks");
            }
            from.rename(source, target, true);
            return;
        }
        FileAttributes file = from.attributes(source, options.follow());
        if (sameDisk()) {
            rename(file);
        } else {
            moveToOtherDisk(file);
        }
    }

    private void rename(FileAttributes file) throws IOException {
        FileAttributes there = attributesOfTarget();
        boolean same = there != null && there.inode() == file.inode();
        if (there != null && !same && !options.replace()) {
            throw new FileAlreadyExistsException(target.toString());
        }
        boolean replace = there != null;
        if (replace && (file.type() == FileType.DIRECTORY) != (there.type() == FileType.DIRECTORY)) {
            // One step replaces only like by like.
            to.delete(target);
        }
        if (!same) {
            from.rename(source, target, replace);
        }
    }

    private void moveToOtherDisk(FileAttributes file) throws IOException {
        if (file.type() == FileType.DIRECTORY) {
            checkEmpty();
        }
        if (makeRoom(file)) {
            copy(file);
            from.delete(source);
        }
    }

    private void checkEmpty() throws IOException {
        try (DirectoryStream<Path> entries = new NodeDirectoryStream(source, from.directory(source), any -> true)) {
            if (entries.iterator().hasNext()) {
                throw new DirectoryNotEmptyException(source.toString());
            }
        }
    }

    /** Whether anything is left to do: the target is another file than the source, and is there no more. */
    private boolean makeRoom(FileAttributes file) throws IOException {
        FileAttributes there = attributesOfTarget();
        if (there == null) {
            return true;
        }
        if (sameDisk() && there.inode() == file.inode()) {
            return false;
        }
        if (!options.replace()) {
            throw new FileAlreadyExistsException(target.toString());
        }
        to.delete(target);
        return true;
    }

    private FileAttributes attributesOfTarget() throws IOException {
        try {
            return to.attributes(target, false);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private boolean sameDisk() {
        return source.getFileSystem().disk().equals(target.getFileSystem().disk());
    }

    private void copy(FileAttributes file) throws IOException {
        switch (file.type()) {
            case REGULAR -> copyContent(file);
            case DIRECTORY -> to.create(target, directory -> to.newFiles().directory(directory, file.mode()));
            case SYMLINK -> {
                FileName link = from.symlinkTarget(source);
                to.create(target, directory -> to.newFiles().symlink(directory, link));
            }
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, SOCKET ->
                to.create(target, directory -> to.newFiles().special(directory, file));
        }
        if (options.attributes()) {
            copyAttributes(file);
        }
    }

    private void copyContent(FileAttributes file) throws IOException {
        OpenOptions reading = OpenOptions.of(Set.of(StandardOpenOption.READ));
        OpenOptions writing = OpenOptions.of(Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        try (FileChannel in = new Opening(from, source, reading, 0).open();
                FileChannel out = new Opening(to, target, writing, file.mode()).open()) {
            copyContent(in, out);
        }
    }

    /** Half a copy is none. */
    private void copyContent(FileChannel in, FileChannel out) throws IOException {
        try {
            long done = 0;
            long moved;
            do {
                moved = in.transferTo(done, Long.MAX_VALUE - done, out);
                done += moved;
            } while (moved > 0);
        } catch (IOException e) {
            try {
                to.delete(target);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void copyAttributes(FileAttributes file) throws IOException {
        for (ExtendedAttribute attribute : from.extendedAttributes(source, options.follow())) {
            to.setExtendedAttribute(target, false, attribute.name(), attribute.value());
        }
        Integer mode = file.type() == FileType.SYMLINK ? null : file.mode();
        to.change(
                target,
                false,
                new AttributeChange(mode, file.uid(), file.gid(), file.accessed(), file.modified(), file.created()));
    }
}
