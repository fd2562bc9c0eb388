package org.hikae.media.write;

import java.io.IOException;
import org.hikae.api.block.BlockSet;
import org.hikae.api.group.Meta;
import org.hikae.api.media.Seal;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.Manifest;
import org.hikae.media.meta.MetaCollector;
import org.hikae.media.meta.MetaObject;

/** What the seal of a generation of a group takes (b.1, b.6); of one of the whole disk, nothing. */
final class GroupSealing {

    private final Run run;
    private final MetaCollector meta;

    /** @param meta null if none was begun */
    GroupSealing(Run run, MetaCollector meta) {
        this.run = run;
        this.meta = meta;
    }

    /**
     * What is visible in a generation of a group alone can be read (b.6).
     *
     * @throws IOException if it is not so
     */
    void check(Seal seal) throws IOException {
        boolean needed = run.group() != null && run.group().meta() == Meta.GROUP;
        if (needed && (meta == null || !meta.isWhole())) {
            throw new IOException(
                    "generation " + run.id() + " cannot be sealed: the meta information of the files of group "
                            + run.group().name() + " is not whole");
        }
        if (meta != null) {
            BlockSet missing = meta.content().minus(seal.set());
            if (!missing.isEmpty()) {
                throw new IOException("generation " + run.id() + " cannot be sealed: files of group "
                        + run.group().name() + " have blocks that are not in it: " + missing);
            }
        }
    }

    /**
     * Writes the meta information of the group's files, durably, if it is that of these alone.
     *
     * @return null for a generation of the whole disk
     */
    Manifest.Group write(Seal seal) throws IOException {
        if (run.group() == null) {
            return null;
        }
        IndexRef files = meta == null
                ? null
                : MetaObject.write(
                        meta,
                        run.request(),
                        seal.instant(),
                        run.medium().objects(),
                        run.id().meta(0),
                        run.scratch());
        return new Manifest.Group(run.group(), files);
    }
}
