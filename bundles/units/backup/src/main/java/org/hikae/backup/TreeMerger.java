package org.hikae.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Progress;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.backup.OpenFolders.Folder;
import org.hikae.backup.Unrestored.Kind;

/**
 * Puts a tree into a file system that others use, as the tree is walked through. A directory takes in what the same directory of
 * the generation has; any other file is replaced in one step, once the new one is whole and durable. A directory does not take
 * the place of anything else, nor the other way round: both stay as they are, and are counted. The generation may have been made to
 * do harm: nothing is written through a symlink, or under a name that leads elsewhere.
 */
final class TreeMerger implements Groups.Visitor {

    private static final String SYMLINK = "a symlink is in its place, which is not followed";
    private static final String FILE = "a file that is no directory is in its place";
    private static final String DIRECTORY = "a directory is in its place";

    private final Path root;
    private final FileMaker maker;
    private final Staging staging;
    private final Placing placing;
    private final Restored restored;
    private final Progress progress;
    private final OpenFolders folders;
    /** Where a file is kept whose other names are still to come, by number. */
    private final Map<Long, Linked> linked = new HashMap<>();

    private boolean begun;
    /** A directory that is left out with all that is in it; null if there is none. */
    private FileEntry leftOut;

    /**
     * @param root the place of the first file
     * @param staging where files are made; in the same file system
     */
    TreeMerger(Path root, FileMaker maker, Staging staging, Placing placing, Restored restored, Progress progress) {
        this.root = root;
        this.maker = maker;
        this.staging = staging;
        this.placing = placing;
        this.restored = restored;
        this.progress = progress;
        this.folders = new OpenFolders(maker, folder -> placing.add(0, () -> complete(folder)));
    }

    /** @param keeper a name that nobody else takes away */
    private record Linked(Path keeper, long namesToCome) {}

    @Override
    public void visit(FileEntry file, boolean member) throws IOException {
        progress.pass();
        if (leftOut != null && PathView.isWithin(file, leftOut)) {
            leaveOut(file, "its directory is left out");
            return;
        }
        folders.leaveFor(file);
        Path place = begun ? folders.place(file) : root;
        begun = true;
        try {
            if (file.attributes().type() == FileType.DIRECTORY) {
                merge(place, file, member);
            } else {
                put(place, file);
            }
        } catch (FileSystemFullException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new IOException(file.path() + " cannot be created: " + SystemReason.of(e), e);
        }
    }

    /** To be called when all files were met. */
    void finish() throws IOException {
        placing.finish();
        // It is in the root, whose times are yet to be set.
        staging.close();
        folders.leaveAll();
        placing.finish();
    }

    /** The attributes of what is there, symlinks not followed; null if nothing is. */
    private static BasicFileAttributes there(Path place) throws IOException {
        try {
            return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void leaveOut(FileEntry file, String why) {
        restored.unrestored().add(Kind.FILES, file.path(), why);
        if (file.attributes().type() == FileType.REGULAR) {
            progress.advance(file.attributes().size());
        }
    }

    private void leaveOutAll(FileEntry directory, String why) {
        leaveOut(directory, why);
        leftOut = directory;
    }

    private void merge(Path place, FileEntry file, boolean member) throws IOException {
        boolean isNew = make(place);
        BasicFileAttributes there = isNew ? null : there(place);
        if (isNew || (there != null && there.isDirectory())) {
            folders.enter(new Folder(place, file, isNew || member));
        } else {
            leaveOutAll(file, there != null && there.isSymbolicLink() ? SYMLINK : FILE);
        }
    }

    /** @return whether it was not there */
    private static boolean make(Path folder) throws IOException {
        if (there(folder) != null) {
            return false;
        }
        try {
            FileMaker.makeFolder(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            // Somebody else was faster.
            return false;
        }
    }

    private void complete(Folder folder) throws IOException {
        if (!folder.wanted()) {
            return;
        }
        BasicFileAttributes there = there(folder.place());
        if (there == null || !there.isDirectory()) {
            leaveOut(folder.file(), "it was taken away meanwhile");
            return;
        }
        maker.attributes().overwrite(folder.place(), folder.file());
        restored.placed(FileType.DIRECTORY);
    }

    private void put(Path place, FileEntry file) throws IOException {
        BasicFileAttributes there = there(place);
        if (there != null && there.isDirectory()) {
            leaveOut(file, DIRECTORY);
            return;
        }
        Path staged = staging.next();
        if (link(staged, file) || make(staged, file)) {
            placing.add(file.attributes().size(), () -> place(staged, place, file));
        }
    }

    private boolean make(Path staged, FileEntry file) throws IOException {
        makeRoom(file);
        if (!maker.make(staged, file)) {
            return false;
        }
        if (file.attributes().links() > 1) {
            Path keeper = staging.next();
            Files.createLink(keeper, staged);
            expectLinks(keeper, file.attributes(), file.attributes().links() - 1);
        }
        return true;
    }

    /** What waits to replace something takes room twice. */
    private void makeRoom(FileEntry file) throws IOException {
        if (!placing.isEmpty()
                && Files.getFileStore(root.getRoot()).getUsableSpace()
                        < file.attributes().size()) {
            placing.finish();
        }
    }

    private void place(Path staged, Path place, FileEntry file) throws IOException {
        try {
            Files.move(staged, place, StandardCopyOption.ATOMIC_MOVE);
            restored.placed(file.attributes().type());
        } catch (FileSystemFullException e) {
            throw e;
        } catch (FileSystemException e) {
            restored.unrestored().add(Kind.FILES, file.path(), SystemReason.of(e));
            Files.deleteIfExists(staged);
        }
    }

    /** @return whether it is another name of a file that was made, and has become one here */
    private boolean link(Path staged, FileEntry file) throws IOException {
        Linked other = linked.get(file.attributes().inode());
        if (other == null) {
            return false;
        }
        try {
            Files.createLink(staged, other.keeper);
        } catch (FileSystemFullException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            restored.unrestored().add(Kind.HARD_LINKS, file.path(), SystemReason.of(e));
            return false;
        }
        expectLinks(other.keeper, file.attributes(), other.namesToCome - 1);
        progress.advance(
                file.attributes().type() == FileType.REGULAR ? file.attributes().size() : 0);
        return true;
    }

    private void expectLinks(Path keeper, FileAttributes file, long namesToCome) throws IOException {
        if (namesToCome > 0) {
            linked.put(file.inode(), new Linked(keeper, namesToCome));
        } else {
            linked.remove(file.inode());
            Files.delete(keeper);
        }
    }
}
