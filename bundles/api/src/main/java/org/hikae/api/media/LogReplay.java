package org.hikae.api.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.job.Progress;
import org.osgi.annotation.versioning.ProviderType;

/** Lays logs over images with nothing but their files (a.7). Thread-safe. */
@ProviderType
public interface LogReplay {

    /**
     * Writes each before-image of a log to its address in an image. All of the log is checked before anything is written; the
     * image is durable when this returns. May be repeated.
     *
     * @param log the objects of one log, as files, in any order; all of them
     * @param image a raw image of the log's disk, as long as that, which is written to; or a block device at least that long
     * @throws java.util.concurrent.CancellationException if the progress was cancelled; the image may hold a part
     * @throws IOException if a file is no part of a log, a part is damaged, cut off or missing, or the image does not fit: then
     *     nothing was written; or if the image cannot be written: then it may hold a part
     */
    Replayed replay(List<Path> log, Path image, Progress progress) throws IOException;

    /**
     * What was laid over.
     *
     * @param generation the generation that the log is of, as {@code number} of the disk {@code diskId}
     * @param records number of records
     * @param bytes bytes written to the image, those of zeros included
     * @param endKnown false: the log is of a format that does not say where it ends; a part that is missing at its end is
     *     not noticed
     */
    record Replayed(long generation, java.util.UUID diskId, long records, long bytes, boolean endKnown) {}
}
