package org.hikae.files.client.select;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.fs.FileName;
import org.hikae.io.ExactPaths;
import org.hikae.io.MachineFiles;
import org.hikae.io.SystemError;

/**
 * The way through the files of a selection, in {@link PathOrder}. Symlinks are not followed; other file systems are entered, but not
 * those in which the kernel shows its own state. For one thread.
 */
public final class Walk {

    /** They have no files that somebody has put there, and some have files without end. */
    private static final Set<String> KERNELS = Set.of(
            "proc",
            "sysfs",
            "cgroup",
            "cgroup2",
            "debugfs",
            "tracefs",
            "securityfs",
            "pstore",
            "bpf",
            "configfs",
            "devpts",
            "mqueue",
            "fusectl",
            "binfmt_misc",
            "hugetlbfs",
            "rpc_pipefs",
            "nsfs",
            "efivarfs",
            "selinuxfs",
            "autofs");

    private final Selection selection;
    private final Set<Identity> skipped;
    private final Visitor visitor;
    private final MachineFiles files = new MachineFiles();
    /** The folders that the way leads through now. */
    private final Set<Identity> above = new HashSet<>();

    private record Identity(long device, long inode) {
        static Identity of(Facts facts) {
            return new Identity(facts.device(), facts.inode());
        }
    }

    private record Child(byte[] name, Path place, Selection.Place selected) {}

    /** Comes across the files. What it throws ends the walk. */
    public interface Visitor {

        /** A file that is meant. */
        void found(byte[] path, Path place, Facts facts) throws IOException;

        /** Whether there is anything at this path, and below it, beside what was found there already, cannot be known. */
        void unknown(byte[] path, IOException why) throws IOException;

        /** A path that was asked for by name is not there. */
        void missing(byte[] path) throws IOException;
    }

    /** @param skipped folders that are left out, with all that is in them, whatever paths lead there */
    public Walk(Selection selection, List<Path> skipped, Visitor visitor) {
        this.selection = selection;
        this.visitor = visitor;
        this.skipped = new HashSet<>();
        for (Path folder : skipped) {
            try {
                this.skipped.add(Identity.of(Facts.of(folder)));
            } catch (IOException e) {
                // Not there, or not to be looked at: then nothing of it can be come across either.
            }
        }
    }

    /** Goes all the way. @throws IOException of the visitor alone */
    public void go() throws IOException {
        for (FileName base : selection.bases()) {
            Selection.Place place = selection.base(base);
            if (place != null) {
                byte[] path = base.bytes();
                at(path, ExactPaths.of(path), place, -1, true);
            }
        }
    }

    private void at(byte[] path, Path place, Selection.Place selected, long device, boolean base) throws IOException {
        Facts facts;
        try {
            facts = Facts.of(place);
        } catch (IOException e) {
            if (!isGone(e)) {
                visitor.unknown(path, e);
            } else if (base) {
                visitor.missing(path);
            }
            return;
        }
        if (skipped.contains(Identity.of(facts))) {
            return;
        }
        if (selected.selected()) {
            visitor.found(path, place, facts);
        }
        if (facts.isFolder()) {
            folder(path, place, selected, facts, device);
        }
    }

    private void folder(byte[] path, Path place, Selection.Place selected, Facts facts, long device)
            throws IOException {
        Identity identity = Identity.of(facts);
        if (above.contains(identity)) {
            visitor.unknown(path, new FileSystemException(place.toString(), null, "the folder leads into itself"));
            return;
        }
        List<Child> children;
        try {
            if (facts.device() != device
                    && KERNELS.contains(Files.getFileStore(place).type())) {
                return;
            }
            children = children(place, selected);
        } catch (IOException e) {
            if (!isGone(e)) {
                visitor.unknown(path, e);
            }
            return;
        }
        above.add(identity);
        try {
            for (Child child : children) {
                at(PathOrder.child(path, child.name), child.place, child.selected, facts.device(), false);
            }
        } finally {
            above.remove(identity);
        }
    }

    /** Whether there is nothing of that name, or something on the way has become a file. */
    private static boolean isGone(IOException e) {
        return e instanceof NoSuchFileException || e instanceof NotDirectoryException || SystemError.NO_FOLDER.isIn(e);
    }

    private List<Child> children(Path folder, Selection.Place selected) throws IOException {
        List<Child> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path place : stream) {
                byte[] name = files.name(place);
                Selection.Place next =
                        selection.child(selected, FileName.of(name).toString());
                if (next != null) {
                    children.add(new Child(name, place, next));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        children.sort((a, b) -> Arrays.compareUnsigned(a.name, b.name));
        return children;
    }
}
