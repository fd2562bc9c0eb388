package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.io.UnixFiles;

/** Gives files their attributes back. What cannot be given is told, and harms nothing else. */
final class Attributes {

    private static final int SET_ID = 06000;

    /** The kernel's own, which it gives files by rules that may have changed. */
    private static final FileName LABEL = FileName.of("security.selinux".getBytes(StandardCharsets.US_ASCII));

    private final Outcome outcome;

    Attributes(Outcome outcome) {
        this.outcome = outcome;
    }

    /**
     * In this order: a new owner takes set-user-id away; the mode may forbid to write extended attributes, and those that are access
     * lists are part of it; all of them may touch the times.
     */
    void give(RunItem.FileItem item, Path place) {
        boolean owned = attempt(item, "owner", () -> owner(place, "unix:uid", item.uid()));
        owned &= attempt(item, "group", () -> owner(place, "unix:gid", item.gid()));
        if (item.type() != FileType.SYMLINK) {
            // A program must not run as somebody else than the one who owned it.
            int mode = owned ? item.mode() : item.mode() & ~SET_ID;
            attempt(item, "mode", () -> UnixFiles.setMode(place, mode));
        }
        extended(item, place);
        Instant modified = item.times().modified();
        Instant accessed =
                item.times().accessed() == null ? modified : item.times().accessed();
        attempt(item, "times", () -> UnixFiles.setTimes(place, accessed, modified));
    }

    private static void owner(Path place, String attribute, long wanted) throws IOException {
        Integer id = (int) wanted;
        if (!id.equals(Files.getAttribute(place, attribute, LinkOption.NOFOLLOW_LINKS))) {
            Files.setAttribute(place, attribute, id, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void extended(RunItem.FileItem item, Path place) {
        Set<FileName> wanted = new HashSet<>();
        for (RunItem.Attribute attribute : item.attributes()) {
            wanted.add(attribute.name());
            if (!attribute.name().equals(LABEL)) {
                attempt(
                        item,
                        "attribute " + attribute.name(),
                        () -> UnixFiles.setExtendedAttribute(
                                place, attribute.name().bytes(), attribute.value()));
            }
        }
        attempt(item, "attributes", () -> {
            // Such as access lists that its folder gives to what is made in it.
            for (ExtendedAttribute attribute : UnixFiles.extendedAttributes(place)) {
                if (!wanted.contains(attribute.name()) && !attribute.name().equals(LABEL)) {
                    UnixFiles.removeExtendedAttribute(place, attribute.name().bytes());
                }
            }
        });
    }

    /** Gives something. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private boolean attempt(RunItem.FileItem item, String what, Step step) {
        try {
            step.run();
            return true;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            outcome.lacking(item.path(), what, e);
            return false;
        }
    }
}
