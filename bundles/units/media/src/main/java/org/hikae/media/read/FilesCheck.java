package org.hikae.media.read;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.meta.MetaObject;

/** Reads every byte of the meta information of a group's files, and finds out whether it is damaged. */
final class FilesCheck {

    private final Part part;
    private final ObjectRef ref;
    private final Progress progress;

    /** @param part of a generation that has such */
    FilesCheck(Part part, Progress progress) {
        this.part = part;
        this.ref = part.manifest().files().object();
        this.progress = progress;
    }

    /** What is damaged, a sentence each. */
    List<String> run() throws IOException {
        Map<String, Long> lengths = ObjectLengths.of(part.medium().objects(), List.of(ref));
        String wrong = ObjectLengths.compare(ref, lengths);
        if (wrong != null) {
            return List.of(wrong);
        }
        if (!new HashCheck(part, progress).matches(ref)) {
            return List.of(ref.name() + " does not match its hash");
        }
        try {
            MetaObject.check(part.manifest().files(), part.manifest().id(), part.meta());
            return List.of();
        } catch (DamagedException | FileSystemRefusedException e) {
            return List.of(Reason.of(e));
        }
    }
}
