package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LogSession;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationWriter;

/** What of a disk one attempt at a backup takes, as T0 says (R3). */
interface Scope {

    /** Null: the whole disk. */
    GenerationGroup group();

    /**
     * The blocks that the generation answers for.
     *
     * @param view the disk at T0, closed when this returns; null: it has no file system that is known
     * @param session ends the look when it has failed
     * @param writer takes what is to be told of the files
     * @throws IOException if they cannot be told
     */
    BlockSet set(BlockDevice view, LogSession session, GenerationWriter writer) throws IOException;

    /** Adds what was found. */
    void addTo(BackupResult result);
}
