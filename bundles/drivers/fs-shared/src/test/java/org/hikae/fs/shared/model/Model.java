package org.hikae.fs.shared.model;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.api.shared.NewFile;
import org.hikae.fs.shared.testing.Rig;

/** A file system as simple as can be: maps, copied whole where a state is to be kept. */
public final class Model implements Calls {

    private final long blocks;
    final TreeMap<Long, ModelFile> files = new TreeMap<>();
    private final Note note;
    private long next = 2;

    /** Is told what was written to which block of which file. */
    @FunctionalInterface
    public interface Note {
        void written(long inode, long block, int what);
    }

    /** @param note is told of all that is written */
    public Model(long blocks, Note note) {
        this.blocks = blocks;
        this.note = note;
        files.put(1L, new ModelFile(FileType.DIRECTORY, 0755, 1));
    }

    /** As it is after a crash: what was open and had no name is gone. */
    Model copy() {
        Model copy = new Model(blocks, note);
        copy.next = next;
        copy.files.clear();
        files.forEach((inode, file) -> {
            if (file.names > 0) {
                copy.files.put(inode, file.copy());
            }
        });
        return copy;
    }

    public Guide guide() {
        List<Long> regular = new ArrayList<>();
        List<Long> directories = new ArrayList<>();
        files.forEach((inode, file) -> {
            if (file.type == FileType.REGULAR) {
                regular.add(inode);
            } else if (file.isDirectory()) {
                directories.add(inode);
            }
        });
        return new Guide(regular, directories, last());
    }

    /** The greatest number that a file has had. */
    public long last() {
        return next - 1;
    }

    private ModelFile get(long inode) throws IOException {
        ModelFile file = files.get(inode);
        if (file == null) {
            throw new NoSuchFileException("" + inode);
        }
        return file;
    }

    private ModelFile directory(long inode) throws IOException {
        ModelFile file = get(inode);
        if (!file.isDirectory()) {
            throw new NotDirectoryException("" + inode);
        }
        return file;
    }

    private ModelFile linked(long inode) throws IOException {
        ModelFile file = directory(inode);
        if (file.names == 0) {
            throw new NoSuchFileException("" + inode);
        }
        return file;
    }

    private static long child(ModelFile directory, FileName name) throws IOException {
        Long inode = directory.entries.get(name);
        if (inode == null) {
            throw new NoSuchFileException("" + name);
        }
        return inode;
    }

    private static void add(ModelFile directory, FileName name, long inode) throws IOException {
        if (directory.entries.containsKey(name)) {
            throw new FileAlreadyExistsException("" + name);
        }
        directory.entries.put(name, inode);
    }

    private void drop(long inode) {
        if (!files.get(inode).isThere()) {
            files.remove(inode);
        }
    }

    @Override
    public long create(long directory, FileName name, NewFile file) throws IOException {
        add(linked(directory), name, next);
        files.put(next, new ModelFile(file.type(), file.mode(), directory));
        files.get(next).size = file.target() == null ? 0 : file.target().length();
        return next++;
    }

    @Override
    public void link(long inode, long directory, FileName name) throws IOException {
        ModelFile file = get(inode);
        if (file.isDirectory()) {
            throw new FileSystemException("" + inode);
        } else if (file.names == 0) {
            throw new NoSuchFileException("" + inode);
        }
        add(linked(directory), name, inode);
        file.names++;
    }

    @Override
    public void unlink(long directory, FileName name) throws IOException {
        ModelFile parent = directory(directory);
        long inode = child(parent, name);
        if (get(inode).isDirectory()) {
            throw new FileSystemException("" + name);
        }
        remove(parent, name, inode);
    }

    private void remove(ModelFile parent, FileName name, long inode) throws IOException {
        parent.entries.remove(name);
        get(inode).names--;
        drop(inode);
    }

    @Override
    public void removeDirectory(long directory, FileName name) throws IOException {
        ModelFile parent = directory(directory);
        long inode = child(parent, name);
        if (!directory(inode).entries.isEmpty()) {
            throw new DirectoryNotEmptyException("" + name);
        }
        remove(parent, name, inode);
    }

    @Override
    public void rename(long fromDirectory, FileName from, long toDirectory, FileName to, boolean replace)
            throws IOException {
        ModelFile source = directory(fromDirectory);
        long moved = child(source, from);
        ModelFile target = linked(toDirectory);
        Long replaced = target.entries.get(to);
        if (replaced != null && replaced == moved) {
            return;
        }
        for (long at = toDirectory; get(moved).isDirectory() && at != 1; at = get(at).parent) {
            if (at == moved) {
                throw new FileSystemException("" + to);
            }
        }
        if (replaced != null) {
            requireReplaceable(get(moved), get(replaced), to, replace);
            remove(target, to, replaced);
        }
        source.entries.remove(from);
        target.entries.put(to, moved);
        get(moved).parent = toDirectory;
    }

    private static void requireReplaceable(ModelFile moved, ModelFile replaced, FileName to, boolean replace)
            throws IOException {
        if (!replace) {
            throw new FileAlreadyExistsException("" + to);
        } else if (moved.isDirectory() != replaced.isDirectory()) {
            throw new FileSystemException("" + to);
        } else if (!replaced.entries.isEmpty()) {
            throw new DirectoryNotEmptyException("" + to);
        }
    }

    @Override
    public void mode(long inode, int mode) throws IOException {
        get(inode).mode = mode;
    }

    @Override
    public void attribute(long inode, FileName name, byte[] value) throws IOException {
        Map<FileName, String> attributes = get(inode).attributes;
        if (value != null) {
            attributes.put(name, Arrays.toString(value));
        } else if (attributes.remove(name) == null) {
            throw new NoSuchFileException("" + name);
        }
    }

    @Override
    public void open(long inode, long opener) throws IOException {
        get(inode).openers.merge(opener, 1, Integer::sum);
    }

    @Override
    public void close(long inode, long opener) {
        ModelFile file = files.get(inode);
        if (file != null) {
            file.openers.computeIfPresent(opener, (key, times) -> times == 1 ? null : times - 1);
            drop(inode);
        }
    }

    @Override
    public void forget(long opener) {
        files.values().forEach(file -> file.openers.remove(opener));
        files.values().removeIf(file -> !file.isThere());
    }

    private ModelFile regular(long inode) throws IOException {
        ModelFile file = get(inode);
        if (file.type != FileType.REGULAR) {
            throw new FileSystemException("" + inode);
        }
        return file;
    }

    @Override
    public void write(long inode, long logical, long count, int what) throws IOException {
        ModelFile file = regular(inode);
        long missing = 0;
        for (long block = logical; block < logical + count; block++) {
            missing += file.content.containsKey(block) ? 0 : 1;
        }
        if (missing > free()) {
            throw new FileSystemFullException("");
        }
        for (long block = logical; block < logical + count; block++) {
            file.content.put(block, what);
            note.written(inode, block, what);
        }
        file.size = Math.max(file.size, (logical + count) * Rig.BLOCK);
    }

    public long free() {
        return blocks
                - files.values().stream().mapToLong(each -> each.content.size()).sum();
    }

    @Override
    public void resize(long inode, long size) throws IOException {
        ModelFile file = regular(inode);
        file.size = size;
        file.content.tailMap((size + Rig.BLOCK - 1) / Rig.BLOCK).clear();
    }
}
