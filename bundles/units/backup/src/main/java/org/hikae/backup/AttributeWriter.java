package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.backup.Unrestored.Kind;
import org.hikae.io.ExactFiles;

/** Gives restored files their attributes. What cannot be given is counted. */
final class AttributeWriter {

    private static final int SET_ID = 06000;
    /** Instead of an owner's number: the system leaves the owner as it is, and says nothing. */
    private static final int AS_IT_IS = -1;

    private final FileSystem source;
    private final ExactFiles files;
    private final Unrestored unrestored;

    /** @param files what can be done where the restored files are */
    AttributeWriter(FileSystem source, ExactFiles files, Unrestored unrestored) {
        this.source = source;
        this.files = files;
        this.unrestored = unrestored;
    }

    /**
     * In this order: a new owner takes set-user-id and capabilities away; the mode may forbid to write attributes; all of
     * them may touch the times.
     */
    void write(Path place, FileEntry file) throws IOException {
        boolean owned = owners(place, file);
        for (ExtendedAttribute attribute :
                source.extendedAttributes(file.attributes().inode())) {
            extended(place, file, attribute);
        }
        if (file.attributes().type() != FileType.SYMLINK) {
            mode(place, file, owned);
        }
        times(place, file);
    }

    /** As {@link #write}, for a file that was there before, and may have attributes that it is not to have. */
    void overwrite(Path place, FileEntry file) throws IOException {
        Set<FileName> wanted = new HashSet<>();
        source.extendedAttributes(file.attributes().inode()).forEach(attribute -> wanted.add(attribute.name()));
        try {
            files.retainExtendedAttributes(place, wanted);
        } catch (IOException e) {
            unrestored.add(Kind.EXTENDED_ATTRIBUTES, file.path(), SystemReason.of(e));
        }
        write(place, file);
    }

    /** Who may not give the file to its user may still give it to its group. */
    private boolean owners(Path place, FileEntry file) {
        String user = owner(place, "unix:uid", file.attributes().uid());
        String group = owner(place, "unix:gid", file.attributes().gid());
        String failure = user != null ? user : group;
        if (failure != null) {
            unrestored.add(Kind.OWNERS, file.path(), failure);
        }
        return failure == null;
    }

    /** @return why it was not possible; null if it was */
    private static String owner(Path place, String attribute, long wanted) {
        Integer id = (int) wanted;
        if (id == AS_IT_IS) {
            return wanted + " is no owner";
        }
        try {
            if (!id.equals(Files.getAttribute(place, attribute, LinkOption.NOFOLLOW_LINKS))) {
                Files.setAttribute(place, attribute, id, LinkOption.NOFOLLOW_LINKS);
            }
            return null;
        } catch (IOException | UnsupportedOperationException e) {
            return SystemReason.of(e);
        }
    }

    private void extended(Path place, FileEntry file, ExtendedAttribute attribute) {
        try {
            files.setExtendedAttribute(place, attribute.name(), attribute.value());
        } catch (IOException e) {
            unrestored.add(Kind.EXTENDED_ATTRIBUTES, file.path(), attribute.name() + ": " + SystemReason.of(e));
        }
    }

    /** A program must not run as somebody else than the one who owned it. */
    private void mode(Path place, FileEntry file, boolean owned) {
        int wanted = file.attributes().mode();
        int mode = owned ? wanted : wanted & ~SET_ID;
        if (mode != wanted) {
            unrestored.add(Kind.MODES, file.path(), "set-user-id and set-group-id need the owner");
        }
        try {
            Files.setAttribute(place, "unix:mode", mode);
        } catch (IOException | UnsupportedOperationException e) {
            unrestored.add(Kind.MODES, file.path(), SystemReason.of(e));
        }
    }

    private void times(Path place, FileEntry file) {
        try {
            files.setTimes(
                    place, file.attributes().accessed(), file.attributes().modified());
        } catch (IOException e) {
            unrestored.add(Kind.TIMES, file.path(), SystemReason.of(e));
        }
    }
}
