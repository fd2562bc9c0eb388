package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.tree.FileFacts;
import org.hikae.shell.tree.Kept;
import org.hikae.shell.tree.TreeCopy;
import org.hikae.shell.tree.TreeCopy.Guard;
import org.hikae.shell.tree.TreeRemoval;

/** Copies and moves files into, out of and within the shared file systems, as one node has them. */
final class FsCopy {

    private final Call call;
    private final NodeFiles files;
    private final boolean flush;
    private final TreeWork work;

    /**
     * @param done what is done to files, such as {@code copied}
     * @param flush whether all is durable in the end: only then it is known that all could be written
     */
    FsCopy(Call call, NodeFiles files, String done, boolean flush) {
        this.call = call;
        this.files = files;
        this.flush = flush;
        this.work = new TreeWork(call, files, done);
    }

    /** Copies the caller's files onto a disk, with all attributes. */
    void put(List<String> paths, boolean asJson) throws IOException {
        String last = last(paths);
        Path end = files.at(DiskPath.parse(last));
        CopyTarget target = CopyTarget.of(end, last, paths.size() - 1);
        TreeCopy copy = new TreeCopy(Kept.ALL, Guard.NONE, work);
        for (String source : sources(paths)) {
            Path path = call.path(source);
            attempt(source, () -> copy.copy(path, target.place(path, source)));
        }
        finish(asJson);
    }

    /** Copies files of disks to the caller's, with all attributes. */
    void get(List<String> paths, boolean asJson) throws IOException {
        String last = last(paths);
        Path end = call.path(last);
        ForeignFiles.check(call.services(), end);
        CopyTarget target = CopyTarget.of(end, last, paths.size() - 1);
        TreeCopy copy = new TreeCopy(Kept.ALL, file -> ForeignFiles.check(call.services(), file), work);
        for (String source : sources(paths)) {
            Path path = files.at(DiskPath.parse(source));
            attempt(source, () -> copy.copy(path, target.place(path, source)));
        }
        work.finish(asJson);
    }

    /**
     * Copies files of disks to disks.
     *
     * @param trees whether folders are copied too, and symlinks as such
     */
    void copy(List<String> paths, boolean trees, Kept kept, boolean asJson) throws IOException {
        String last = last(paths);
        CopyTarget target = CopyTarget.of(files.at(DiskPath.parse(last)), last, paths.size() - 1);
        TreeCopy copy = new TreeCopy(kept, Guard.NONE, work);
        for (String source : sources(paths)) {
            Path path = files.at(DiskPath.parse(source));
            attempt(source, () -> copy.copy(trees ? path : file(path), target.place(path, source)));
        }
        finish(asJson);
    }

    /** What a path leads to, which is no folder. */
    private static Path file(Path path) throws IOException {
        Path file = path.toRealPath();
        if (FileFacts.of(file).isDirectory()) {
            throw new IOException("a folder; folders are copied with --recursive");
        }
        return file;
    }

    /** Gives files of disks other names, on other disks too. */
    void move(List<String> paths, boolean asJson) throws IOException {
        String last = last(paths);
        CopyTarget target = CopyTarget.of(files.at(DiskPath.parse(last)), last, paths.size() - 1);
        for (String source : sources(paths)) {
            DiskPath from = DiskPath.parse(source);
            Path path = files.at(from);
            boolean same = from.disk().equals(DiskPath.parse(last).disk());
            attempt(source, () -> {
                Path place = target.place(path, source);
                if (same) {
                    FileFacts facts = FileFacts.of(path);
                    Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
                    work.done(facts);
                } else {
                    moveAway(path, place);
                }
            });
        }
        finish(asJson);
    }

    /** The original goes only when the copy is whole, and durable. */
    private void moveAway(Path path, Path place) throws IOException {
        TreeWork own = new TreeWork(call, files, "copied");
        new TreeCopy(Kept.ALL, Guard.NONE, own).copy(path, place);
        if (own.hasFailures()) {
            throw new IOException("not all of it could be copied, so it stays");
        }
        files.flush();
        new TreeRemoval(work).remove(path);
    }

    /** Does something with a file that the caller named. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /** A file that the caller named fails by itself, as those that are met in folders do. */
    private void attempt(String source, Step step) throws IOException {
        try {
            step.run();
        } catch (UsageException e) {
            throw e;
        } catch (IOException e) {
            work.failed(source, TreeCopy.why(e));
        }
    }

    private void finish(boolean asJson) throws IOException {
        if (flush) {
            files.flush();
        }
        work.finish(asJson);
    }

    private static String last(List<String> paths) {
        return paths.get(paths.size() - 1);
    }

    private static List<String> sources(List<String> paths) {
        return paths.subList(0, paths.size() - 1);
    }
}
