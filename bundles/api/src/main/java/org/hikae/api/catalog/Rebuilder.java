package org.hikae.api.catalog;

import java.io.IOException;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps tables of its own in the catalog's database, of what is on media. All services of this type are called by {@link
 * Catalog#rebuild}, one after the other. Thread-safe.
 */
@ConsumerType
public interface Rebuilder {

    /**
     * Makes its tables anew from the media.
     *
     * @return for the result of the job: how many there are of what, by names that nobody else uses
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if the database or a medium cannot be used; what could be entered is
     */
    Map<String, Object> rebuild(Progress progress) throws IOException;

    /**
     * Enters what the tables lack of what is on the media: media were added, or more of what is on them became known, as when cartridges
     * were read. What the tables have stays.
     *
     * @return as {@link #rebuild}, of what was entered
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if the database or a medium cannot be used; what could be entered is
     */
    default Map<String, Object> complete(Progress progress) throws IOException {
        return Map.of();
    }
}
