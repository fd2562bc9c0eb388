package org.hikae.files.client.restore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.files.client.select.Facts;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.io.ExactPaths;
import org.hikae.io.MachineFiles;
import org.hikae.io.UnixFiles;

/**
 * Puts files into place, each as one step: it is made under another name beside its place, gets all that it had, and then its name. Folders
 * get their times last. Not thread-safe.
 */
final class Placer implements Closeable {

    /** Of folders that had to be made, and of which nothing was backed up. */
    private static final int USUAL = 0755;

    private final Target target;
    private final boolean overwrite;
    private final RestoreRecord record;
    private final Progress progress;
    private final Outcome outcome;
    private final Attributes attributes;
    private final MachineFiles files = new MachineFiles();

    private final List<Folder> folders = new ArrayList<>();

    private Incoming open;

    /** What has come in several goes that did not belong together. */
    private Wanted startedOver;

    /** Bytes to come in all, as far as is known: of a file it is not known beforehand how much of it are holes. */
    private long total;

    private record Folder(RunItem.FileItem item, Path place) {}

    Placer(Target target, boolean overwrite, RestoreRecord record, Progress progress, Outcome outcome) {
        this.target = target;
        this.overwrite = overwrite;
        this.record = record;
        this.progress = progress;
        this.outcome = outcome;
        attributes = new Attributes(outcome);
    }

    /** @param bytes of all files to come, holes too */
    void total(long bytes) {
        total = bytes;
        progress.total(bytes);
    }

    /** Whether a version need not come: it is there, since this restore was begun first or all the time, or a newer file is in its place. */
    boolean isSettled(Wanted wanted, Untouched untouched) {
        try {
            Path place = target.place(wanted.path());
            Facts there = Facts.of(place);
            if (record.isDone(wanted) && isAsGiven(there, wanted)) {
                outcome.files++;
                return true;
            }
            if (target.isInPlace() && untouched.is(wanted.version(), there)) {
                outcome.untouched++;
                return true;
            }
            if (wanted.version().type() != FileType.DIRECTORY && isNewer(there, wanted)) {
                outcome.newer(wanted.path());
                return true;
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            outcome.failed(wanted.path(), e);
            return true;
        }
        return false;
    }

    private static boolean isAsGiven(Facts there, Wanted wanted) {
        return there.type() == wanted.version().type()
                && there.type() != FileType.DIRECTORY
                && (!there.isRegular() || there.size() == wanted.version().size())
                && there.modified().equals(wanted.version().modified());
    }

    private boolean isNewer(Facts there, Wanted wanted) {
        return !overwrite
                && !there.isFolder()
                && there.modified().isAfter(wanted.version().modified());
    }

    /** Bytes of a content, from its beginning on, that are here already, from a restore that was cut off or from this one; 0: all has to come. */
    long kept(Wanted wanted) throws IOException {
        if (open == null && record.isBegun(wanted)) {
            try {
                Path place = target.place(wanted.path());
                open = Incoming.goOn(wanted, place, target.reached(place), record, progress);
                outcome.bytes += open.bytes();
                progress.advance(open.bytes());
            } catch (IOException e) {
                // All of it comes again.
                record.dropPartial();
            }
        }
        boolean here = open != null && open.wanted.equals(wanted) && wanted.hasHash();
        if (!here) {
            abandon();
        }
        return here ? open.position() : 0;
    }

    /** Bytes that are there of the file whose content comes, holes too; 0: none does. */
    long position() {
        return open == null ? 0 : open.position();
    }

    /**
     * A file comes.
     *
     * @throws StartOverException if it was begun, and is not the same any more
     * @throws IOException if it cannot be put into place; its content is to be left out then
     */
    void begin(Wanted wanted, RunItem.FileItem came) throws IOException {
        RunItem.FileItem item = wanted.as() == null ? came : wanted.as();
        if (open != null) {
            if (!open.wanted.equals(wanted) || !open.comesAgain(item)) {
                throw new StartOverException(wanted.path() + " is another one than before");
            }
            return;
        }
        Path place = target.place(item.path());
        target.prepare(place);
        if (item.type() == FileType.DIRECTORY) {
            folder(wanted, item, place);
            return;
        } else if (item.type() == FileType.REGULAR) {
            open = Incoming.begin(wanted, item, place, target.reached(place), record);
            return;
        }
        record.making(place.resolveSibling(record.temporary()));
        Path here = target.reached(place);
        Path next = here.resolveSibling(record.temporary());
        Files.deleteIfExists(next);
        try {
            if (item.type() == FileType.SYMLINK) {
                files.createSymlink(next, item.target().bytes());
            } else {
                files.createSpecial(next, item.type(), (int) (item.device() >> 32), (int) item.device());
            }
            attributes.give(item, next);
            name(wanted, next, here);
        } finally {
            Files.deleteIfExists(next);
        }
        outcome.files++;
    }

    /** One that was there and is newer keeps what it has. */
    private void folder(Wanted wanted, RunItem.FileItem item, Path place) throws IOException {
        boolean newer;
        try {
            Path here = target.reached(place);
            Facts there = Facts.of(here);
            newer = !overwrite
                    && !record.isDone(wanted)
                    && !target.made().contains(place)
                    && there.modified().isAfter(item.times().modified());
            if (!there.isFolder() && overwrite) {
                Files.delete(here);
                newer = false;
            }
        } catch (NoSuchFileException e) {
            newer = false;
            record.making(wanted);
        }
        target.folder(place);
        if (!newer) {
            folders.add(new Folder(item, place));
        }
        outcome.files++;
    }

    void data(RunItem.Data data) throws IOException {
        int length = open.add(data);
        outcome.bytes += length;
        progress.advance(length);
    }

    /**
     * The content is whole.
     *
     * @throws StartOverException if it came in several goes, and these do not belong together
     * @throws IOException if it is damaged, or the file cannot get its name
     */
    void end(RunItem.FileEnd end) throws IOException {
        Incoming file = open;
        open = null;
        boolean placed = false;
        try {
            byte[] sha256 = file.finish();
            if (!Arrays.equals(sha256, end.sha256()) || !file.wanted.isContent(sha256)) {
                throw damaged(file);
            }
            if (file.bytes() < file.item().size()) {
                total(total - (file.item().size() - file.bytes()));
            }
            String link = file.item().link() == 0
                    ? null
                    : file.item().link() + " " + HexFormat.of().formatHex(sha256);
            if (!linked(file, link)) {
                attributes.give(file.item(), file.next);
                name(file.wanted, file.next, file.here);
                if (link != null) {
                    record.link(link, file.place);
                }
            }
            outcome.files++;
            placed = true;
            if (file.isLarge()) {
                // Else all of it would come again, if the platform ended before the next ones are noted.
                record.note();
            }
        } finally {
            outcome.bytes -= placed ? 0 : file.bytes();
            file.delete();
        }
    }

    private IOException damaged(Incoming file) {
        if (file.isResumed() && !file.wanted.equals(startedOver)) {
            startedOver = file.wanted;
            return new StartOverException(file.wanted.path() + " has come in pieces that do not belong together");
        }
        return new IOException("its content is damaged: it is not what was backed up");
    }

    /** Whether the file is one that has another name here already, and has got this one too. */
    private boolean linked(Incoming file, String link) throws IOException {
        Path other = link == null ? null : record.linked(link);
        if (other == null || !isAsGiven(other, file)) {
            return false;
        }
        Files.delete(file.next);
        try {
            Files.createLink(file.next, other);
        } catch (IOException | UnsupportedOperationException e) {
            throw new IOException("it cannot become another name of " + other, e);
        }
        name(file.wanted, file.next, file.here);
        return true;
    }

    /** Somebody may have changed it since. */
    private static boolean isAsGiven(Path other, Incoming file) throws IOException {
        try {
            Facts there = Facts.of(other);
            return there.isRegular()
                    && there.size() == file.item().size()
                    && there.modified().equals(file.item().times().modified());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void name(Wanted wanted, Path next, Path place) throws IOException {
        try {
            Facts there = Facts.of(place);
            if (there.isFolder()) {
                throw new FileAlreadyExistsException(wanted.path().toString(), null, "a folder is in its place");
            } else if (isNewer(there, wanted)) {
                throw new FileAlreadyExistsException(
                        wanted.path().toString(), null, "a newer file has come into its place");
            }
        } catch (NoSuchFileException e) {
            // The place is free.
        }
        Files.move(next, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        record.done(wanted);
    }

    /** What came of the file is of no use. */
    void abandon() throws IOException {
        Incoming file = open;
        open = null;
        if (file != null) {
            outcome.bytes -= file.bytes();
            file.delete();
        }
    }

    /** Notes durably how far the file has come, if it is a large one. */
    void note() throws IOException {
        if (open != null) {
            open.note();
        }
    }

    /** What came of a large file is kept for whoever goes on with the restore. */
    void suspend() throws IOException {
        try {
            note();
        } finally {
            if (open != null && open.isLasting()) {
                Incoming file = open;
                open = null;
                file.close();
            } else {
                abandon();
            }
        }
    }

    /** Gives folders what they had, the deepest first. Nothing is put into place any more. */
    void finish() {
        folders.sort(Comparator.comparing((Folder folder) -> folder.place.getNameCount())
                .reversed());
        folders.forEach(this::giveAttributes);
        Set<Path> unknown = new HashSet<>(target.made());
        folders.forEach(folder -> unknown.remove(folder.place));
        for (Path folder : unknown) {
            try {
                UnixFiles.setMode(target.reached(folder), USUAL);
            } catch (IOException | UnsupportedOperationException e) {
                outcome.lacking(FileName.of(ExactPaths.bytes(folder)), "mode", e);
            }
        }
    }

    private void giveAttributes(Folder folder) {
        try {
            attributes.give(folder.item, target.reached(folder.place));
        } catch (IOException e) {
            outcome.lacking(folder.item.path(), "attributes", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (target) {
            abandon();
        }
    }
}
