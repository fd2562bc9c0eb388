package org.hikae.shell.tree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.shell.tree.TreeCopy.Guard;

/** Copies single files, and makes folders, whatever is in their place. */
final class FileCopy {

    /** Only the owner gets in until the folder has all that is in it, and its own mode. */
    private static final FileAttribute<?> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Kept kept;
    private final Guard guard;
    private final AttributeCopy attributes;
    private final CopyListener listener;
    private final ContentCopy content;
    /** Where a file is whose other names are still to come, by its key. */
    private final Map<Object, Linked> linked = new HashMap<>();

    FileCopy(Kept kept, Guard guard, AttributeCopy attributes, CopyListener listener) {
        this.kept = kept;
        this.guard = guard;
        this.attributes = attributes;
        this.listener = listener;
        this.content = new ContentCopy(listener);
    }

    private record Linked(Path place, long namesToCome) {}

    /** Makes a folder, unless there is one. */
    void makeFolder(Path target) throws IOException {
        Optional<FileFacts> there = FileFacts.find(target);
        if (there.isEmpty()) {
            Files.createDirectory(target, PRIVATE_FOLDER);
        } else if (!there.get().isDirectory()) {
            throw new IOException("a file that is no folder is in its place");
        }
    }

    /** Copies a file that is no folder. */
    void copy(Path source, FileFacts facts, Path target, Way way) throws IOException {
        Optional<FileFacts> there = FileFacts.find(target);
        if (there.isPresent()) {
            checkReplaceable(source, facts, target, there.get());
        }
        if (link(facts, target, there)) {
            return;
        }
        // In place, as others may have it open; but other names of what is there do not get this content too.
        boolean over = facts.isRegular()
                && there.isPresent()
                && there.get().isRegular()
                && there.get().links() == 1;
        if (!over) {
            Files.deleteIfExists(target);
        }
        if (facts.isRegular()) {
            copyContent(source, target, over);
        } else {
            create(source, facts, target, way);
        }
        attributes.copy(source, facts, target, way.to());
        expectLinks(facts, target, facts.links() - 1);
    }

    private void checkReplaceable(Path source, FileFacts facts, Path target, FileFacts there) throws IOException {
        if (there.isDirectory()) {
            throw new IOException("a folder is in its place");
        }
        boolean same = source.getFileSystem().equals(target.getFileSystem())
                && there.key() != null
                && there.key().equals(facts.key());
        if (same) {
            throw new IOException("the copy would be the same file");
        }
        guard.check(target);
    }

    private void copyContent(Path source, Path target, boolean over) throws IOException {
        boolean whole = false;
        try (FileChannel channel = over ? openOver(target) : FileChannel.open(target, NEW, PRIVATE_FILE)) {
            content.copy(source, channel);
            whole = true;
        } finally {
            if (!whole && !over) {
                Files.deleteIfExists(target);
            }
        }
    }

    private static FileChannel openOver(Path target) throws IOException {
        return FileChannel.open(
                target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
    }

    private static void create(Path source, FileFacts facts, Path target, Way way) throws IOException {
        switch (facts.type()) {
            case SYMLINK -> way.to().createSymlink(target, way.from().target(source));
            case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE ->
                way.to().createSpecial(target, facts.type(), facts.major(), facts.minor());
            case REGULAR, DIRECTORY -> throw new IllegalArgumentException("not created empty: " + facts.type());
        }
    }

    /** @return whether it is another name of a file that was copied, and has become one here */
    private boolean link(FileFacts facts, Path target, Optional<FileFacts> there) throws IOException {
        Linked other = linked.get(facts.key());
        if (other == null) {
            return false;
        }
        boolean already = there.isPresent() && Files.isSameFile(target, other.place);
        if (!already) {
            Files.deleteIfExists(target);
            try {
                Files.createLink(target, other.place);
            } catch (IOException | UnsupportedOperationException e) {
                listener.lacking(target, Attribute.LINK, Failures.why(e));
                return false;
            }
        }
        expectLinks(facts, other.place, other.namesToCome - 1);
        return true;
    }

    private void expectLinks(FileFacts facts, Path place, long namesToCome) {
        if (kept == Kept.CONTENT || facts.key() == null) {
            return;
        } else if (namesToCome > 0) {
            linked.put(facts.key(), new Linked(place, namesToCome));
        } else {
            linked.remove(facts.key());
        }
    }
}
