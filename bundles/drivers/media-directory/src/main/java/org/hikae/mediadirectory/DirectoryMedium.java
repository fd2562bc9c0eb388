package org.hikae.mediadirectory;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.io.DirectFileWriter;
import org.hikae.io.DurableFiles;
import org.hikae.io.FileDevice;

/** A folder as a medium. Uncommitted objects are files in a folder of their own, which no object's name can lead to. */
final class DirectoryMedium implements Medium {

    private static final String UNCOMMITTED = ".uncommitted";

    private final Path folder;
    private final Failures failures;
    /** Held while folders below {@link #folder} are made for an object, or deleted because they are empty. */
    private final Object folders = new Object();

    private volatile boolean closed;

    /** @param folder absolute, without symbolic links */
    DirectoryMedium(Path folder) {
        this.folder = folder;
        this.failures = new Failures(folder);
    }

    @Override
    public List<MediumObject> list(String prefix) throws IOException {
        checkOpen();
        try {
            return new Listing(folder).list(prefix);
        } catch (IOException e) {
            throw failures.explain("list", "objects", e);
        }
    }

    @Override
    public ObjectWriter create(String name) throws IOException {
        checkOpen();
        Path target = resolve(name);
        try {
            Path file = fileFor(target);
            return new DirectoryWriter(this, name, file, DirectFileWriter.create(file), failures);
        } catch (IOException e) {
            throw failures.explain("create", name, e);
        }
    }

    @Override
    public PlacedWriter createPlaced(String name, long length) throws IOException {
        checkOpen();
        Path target = resolve(name);
        try {
            return DirectoryPlacedWriter.create(this, name, fileFor(target), length, failures);
        } catch (IOException e) {
            throw failures.explain("create", name, e);
        }
    }

    /** Where an object is written until it has its name. */
    private Path fileFor(Path target) throws IOException {
        checkAbsent(target);
        Path uncommitted = folder.resolve(UNCOMMITTED);
        if (!Files.isDirectory(uncommitted, LinkOption.NOFOLLOW_LINKS)) {
            createFolder(uncommitted);
        }
        return uncommitted.resolve(UUID.randomUUID().toString());
    }

    /** Gives a durable file its name, durably. */
    void commit(Path file, String name) throws IOException {
        checkOpen();
        Path target = resolve(name);
        synchronized (folders) {
            place(file, target);
        }
        try {
            DurableFiles.forceFolder(target.getParent());
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    @Override
    public ObjectReader open(String name) throws IOException {
        checkOpen();
        Path file = resolve(name);
        try {
            checkNoLinks(file);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(file.toString());
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it is not a regular file");
            }
            FileDevice device = FileDevice.open(file, 4096, FileDevice.Mode.READ_DIRECT);
            return new DirectoryReader(name, device, failures);
        } catch (IOException e) {
            throw failures.explain("open", name, e);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        checkOpen();
        Path file = resolve(name);
        try {
            checkNoLinks(file);
            if (Files.deleteIfExists(file)) {
                DurableFiles.forceFolder(file.getParent());
                deleteEmpty(file.getParent());
            }
            checkThere();
        } catch (IOException e) {
            throw failures.explain("delete", name, e);
        }
    }

    @Override
    public void discardUncommitted() throws IOException {
        checkOpen();
        Path uncommitted = folder.resolve(UNCOMMITTED);
        try {
            checkThere();
            if (!Files.isDirectory(uncommitted, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            try (DirectoryStream<Path> files = Files.newDirectoryStream(uncommitted)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw failures.explain("delete", "what was left uncommitted", e);
        }
    }

    @Override
    public MediumSpace space() throws IOException {
        checkOpen();
        try {
            FileStore store = Files.getFileStore(folder);
            return new MediumSpace(store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException e) {
            throw failures.explain("measure", "the space", e);
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.OVERWRITE, Capability.RANDOM_READ);
    }

    @Override
    public void close() {
        closed = true;
    }

    private Path resolve(String name) {
        return folder.resolve(Names.check(name));
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("medium folder " + folder + " was closed");
        }
    }

    private void checkThere() throws NoSuchFileException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
    }

    private static void checkAbsent(Path target) throws FileAlreadyExistsException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    /** A folder that someone replaced by a symbolic link would lead out of the medium. */
    private void checkNoLinks(Path file) throws IOException {
        for (Path path = file.getParent(); !path.equals(folder); path = path.getParent()) {
            if (Files.isSymbolicLink(path)) {
                throw new IOException(path + " is a symbolic link, which does not belong here");
            }
        }
    }

    /**
     * Moves a file to its name. Folders that are missing are made right before and forced right after: a process that is killed
     * leaves no empty ones, and whoever comes next finds durable ones.
     */
    private void place(Path file, Path target) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        try {
            for (int parts = folder.getNameCount() + 1; parts < target.getNameCount(); parts++) {
                Path path = target.getRoot().resolve(target.subpath(0, parts));
                if (createFolder(path)) {
                    made.push(path);
                }
            }
            // Only this process uses the medium, so nobody takes the name in between.
            checkAbsent(target);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            for (Path path : made) {
                DurableFiles.forceFolder(path.getParent());
            }
        } catch (IOException e) {
            if (!made.isEmpty()) {
                Files.deleteIfExists(target);
            }
            for (Path path : made) {
                Files.deleteIfExists(path);
            }
            throw e;
        }
    }

    /**
     * Makes one folder, and never the medium's own: if that is gone, so is the medium.
     *
     * @return false if it is there
     */
    private static boolean createFolder(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is not a folder, and does not belong here");
        }
        Files.createDirectory(path);
        return true;
    }

    private void deleteEmpty(Path from) throws IOException {
        synchronized (folders) {
            for (Path path = from; !path.equals(folder); path = path.getParent()) {
                try {
                    Files.deleteIfExists(path);
                } catch (DirectoryNotEmptyException e) {
                    return;
                }
                DurableFiles.forceFolder(path.getParent());
            }
        }
    }
}
