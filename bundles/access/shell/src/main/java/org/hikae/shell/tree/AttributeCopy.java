package org.hikae.shell.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.fs.FileType;
import org.hikae.io.ExactFiles;

/** Gives copies the attributes of their originals. What cannot be given is told, and harms nothing else. */
final class AttributeCopy {

    private static final int SET_ID = 06000;
    private static final int PERMISSIONS = 0777;

    private final Kept kept;
    private final CopyListener listener;

    AttributeCopy(Kept kept, CopyListener listener) {
        this.kept = kept;
        this.listener = listener;
    }

    /**
     * In this order: a new owner takes set-user-id away; the mode may forbid to write extended attributes; all of them may
     * touch the times.
     */
    void copy(Path source, FileFacts facts, Path target, ExactFiles to) {
        if (kept == Kept.CONTENT) {
            mode(target, facts, facts.mode() & PERMISSIONS);
            return;
        }
        boolean owned = owners(target, facts);
        extended(source, facts, target);
        // A program must not run as somebody else than the one who owned it.
        mode(target, facts, owned ? facts.mode() : facts.mode() & ~SET_ID);
        attempt(target, Attribute.TIMES, () -> to.setTimes(target, facts.accessed(), facts.modified()));
    }

    /** Who may not give a file to its user may still give it to its group. */
    private boolean owners(Path target, FileFacts facts) {
        boolean user = attempt(target, Attribute.OWNER, () -> owner(target, "unix:uid", facts.uid()));
        return attempt(target, Attribute.OWNER, () -> owner(target, "unix:gid", facts.gid())) && user;
    }

    private static void owner(Path target, String attribute, long wanted) throws IOException {
        Integer id = (int) wanted;
        if (!id.equals(Files.getAttribute(target, attribute, LinkOption.NOFOLLOW_LINKS))) {
            Files.setAttribute(target, attribute, id, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void mode(Path target, FileFacts facts, int mode) {
        if (facts.type() != FileType.SYMLINK) {
            attempt(target, Attribute.MODE, () -> Files.setAttribute(target, "unix:mode", mode));
        }
    }

    /** Those of users; only regular files and folders can have them. */
    private void extended(Path source, FileFacts facts, Path target) {
        if (facts.isRegular() || facts.isDirectory()) {
            attempt(target, Attribute.EXTENDED, () -> extended(source, target));
        }
    }

    private static void extended(Path source, Path target) throws IOException {
        UserDefinedFileAttributeView from = view(source);
        UserDefinedFileAttributeView to = view(target);
        List<String> wanted = from == null ? List.of() : from.list();
        if (to == null && wanted.isEmpty()) {
            return;
        } else if (to == null) {
            throw new IOException("there are none here");
        }
        Set<String> before = new HashSet<>(to.list());
        for (String name : wanted) {
            ByteBuffer value = ByteBuffer.allocate(from.size(name));
            from.read(name, value);
            to.write(name, value.flip());
            before.remove(name);
        }
        for (String name : before) {
            to.delete(name);
        }
    }

    private static UserDefinedFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Sets something. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private boolean attempt(Path target, Attribute attribute, Step step) {
        try {
            step.run();
            return true;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            listener.lacking(target, attribute, Failures.why(e));
            return false;
        }
    }
}
