package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;

/** Where files of a generation are put. */
interface FilesTarget {

    /**
     * @param type of what is put there, or of what the rest of it is in
     * @throws IOException if that cannot be there
     */
    void check(FileType type) throws IOException;

    /**
     * Puts all of them there, and makes them durable.
     *
     * @throws IOException if nothing could be, or anything but what {@link Restored} counts is wrong
     */
    void write(ChosenFiles files, Restored restored, Progress progress) throws IOException;
}
