package org.hikae.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Progress;
import org.hikae.backup.OpenFolders.Folder;
import org.hikae.backup.Unrestored.Kind;

/**
 * Writes a new tree as it is walked through. The source may have been made to do harm: every file is created new, in a folder
 * that was created here, under a name that leads nowhere else; so nothing is written through a symlink, or outside.
 */
final class TreeWriter implements Groups.Visitor {

    private final Path root;
    private final FileMaker maker;
    private final Restored restored;
    private final Progress progress;
    private final OpenFolders folders;
    /** Where a file is whose other names are still to come, by number. */
    private final Map<Long, Linked> linked = new HashMap<>();

    /** @param root the path of the first file, which does not exist yet, in a folder where nobody else makes it */
    TreeWriter(Path root, FileMaker maker, Restored restored, Progress progress) {
        this.root = root;
        this.maker = maker;
        this.restored = restored;
        this.progress = progress;
        this.folders = new OpenFolders(maker, folder -> maker.attributes().write(folder.place(), folder.file()));
    }

    private record Linked(Path place, long namesToCome) {}

    @Override
    public void visit(FileEntry file, boolean member) throws IOException {
        progress.pass();
        boolean first = restored.isNothing();
        folders.leaveFor(file);
        Path place = first ? root : folders.place(file);
        try {
            write(place, file);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    file.path() + " is there already: its folder has two files of a name that is one here", e);
        } catch (FileSystemException e) {
            throw new IOException(file.path() + " cannot be created: " + SystemReason.of(e), e);
        }
        restored.placed(file.attributes().type());
    }

    /** To be called when all files were met. */
    void finish() throws IOException {
        folders.leaveAll();
    }

    private void write(Path place, FileEntry file) throws IOException {
        if (file.attributes().type() == FileType.DIRECTORY) {
            FileMaker.makeFolder(place);
            folders.enter(new Folder(place, file, true));
        } else if (!link(place, file) && maker.make(place, file)) {
            expectLinks(place, file.attributes(), file.attributes().links() - 1);
        }
    }

    /** @return whether it is another name of a file that was written, and has become one here */
    private boolean link(Path place, FileEntry file) throws IOException {
        Linked other = linked.get(file.attributes().inode());
        if (other == null) {
            return false;
        }
        try {
            Files.createLink(place, other.place);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            restored.unrestored().add(Kind.HARD_LINKS, file.path(), SystemReason.of(e));
            return false;
        }
        expectLinks(other.place, file.attributes(), other.namesToCome - 1);
        progress.advance(
                file.attributes().type() == FileType.REGULAR ? file.attributes().size() : 0);
        return true;
    }

    private void expectLinks(Path place, FileAttributes file, long namesToCome) {
        if (namesToCome > 0) {
            linked.put(file.inode(), new Linked(place, namesToCome));
        } else {
            linked.remove(file.inode());
        }
    }
}
