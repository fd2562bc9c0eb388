package org.hikae.backup;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.io.ExactFiles;
import org.hikae.io.ExactPaths;

/**
 * A shared disk that nodes use, through its file system as one of them has it: whoever else reads and writes there, and backups
 * that are under way, see every file as any program's.
 */
final class SharedTarget implements FilesTarget {

    private final Disks disks;
    private final Node node;
    private final String disk;
    /** Null: each file where it was. */
    private final String path;

    private SharedTarget(Disks disks, Node node, FilesRequest.ToDisk request) {
        this.disks = disks;
        this.node = node;
        this.disk = request.disk();
        this.path = request.path();
    }

    /** @throws IOException if there is no such disk or node, nodes cannot write the disk's files, or the path is none */
    static SharedTarget of(FilesRequest.ToDisk request, Disks disks, Nodes nodes) throws IOException {
        disks.get(request.disk());
        for (DiskStatus status : disks.list()) {
            if (status.name().equals(request.disk())) {
                check(status, disks);
            }
        }
        if (request.path() != null) {
            checkPath(request.path());
        }
        return new SharedTarget(disks, nodes.get(request.node()), request);
    }

    private static void check(DiskStatus disk, Disks disks) throws IOException {
        if (disks.sharedFormats().contains(disk.driver())) {
            return;
        }
        String why = disk.driver().equals("raw")
                ? "disk '" + disk.name() + "' has no file system that is known"
                : "the file system of disk '" + disk.name() + "' (" + disk.format()
                        + ") is not the platform's to write: who has it mounted would not know of it";
        throw new IOException(
                why + "; get the files to a folder and copy them from there, or restore a generation of the"
                        + " whole disk onto it");
    }

    private static void checkPath(String path) throws IOException {
        boolean absolute = path.startsWith("/");
        for (String name : path.split("/")) {
            if (!absolute
                    || !(name.isEmpty()
                            || ExactPaths.isName(FileName.parse(name).bytes()))) {
                throw new IOException(
                        path + " is no path on a disk: it begins with /, and has names alone, no dots, between");
            }
        }
    }

    /** What is there is known only when it is to be written. */
    @Override
    public void check(FileType type) {}

    @Override
    public void write(ChosenFiles files, Restored restored, Progress progress) throws IOException {
        try (DiskUse use = new DiskUse(disks.use(disk, "files are being restored onto it"));
                FileSystem target = node.fileSystem(disk)) {
            merge(target, files, restored, progress);
            progress.phase("flushing");
            node.flush();
        } catch (ClosedFileSystemException e) {
            throw new IOException("node '" + node.name() + "' has gone; restore again, through another node", e);
        } catch (IOException e) {
            throw isFull(e)
                    ? new IOException(
                            Reason.of(e) + "; files that were restored before are whole, and the others as they were",
                            e)
                    : e;
        }
        if (restored.isNothing()) {
            throw new IOException(restored.unrestored().sentence());
        }
    }

    /** A use as it can be closed here. */
    private record DiskUse(AutoCloseable use) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                use.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(Reason.of(e), e);
            }
        }
    }

    private void merge(FileSystem target, ChosenFiles files, Restored restored, Progress progress) throws IOException {
        Path root = target.getPath("/");
        Path place = target.getPath(path == null ? "/" : path);
        checkParents(place);
        FileMaker maker = new FileMaker(files.source(), ExactFiles.of(root), false, restored, progress);
        try (Staging staging = new Staging(root)) {
            TreeMerger merger = new TreeMerger(place, maker, staging, new Placing(node::flush), restored, progress);
            if (path == null) {
                for (FileEntry directory : files.above()) {
                    merger.visit(directory, false);
                }
            }
            files.walk((file, member) -> {
                if (!StagingNames.isIn(file)) {
                    merger.visit(file, member);
                }
            });
            merger.finish();
        }
    }

    private void checkParents(Path place) throws IOException {
        for (Path folder = place.getParent(); folder != null; folder = folder.getParent()) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("there is no directory " + folder + " on disk '" + disk
                        + "', symlinks not followed; create it first");
            }
        }
    }

    private static boolean isFull(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof FileSystemFullException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "disk " + disk + (path == null ? "" : ":" + path);
    }
}
