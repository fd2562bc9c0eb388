package org.hikae.api.catalog;

import java.io.IOException;
import java.util.List;
import org.hikae.api.group.Group;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is known of generations, also of those that are away or gone, of groups, and of jobs, also of those of long ago. The truth
 * is on the media: the catalog follows it, is never asked whether a generation is there, and can be lost. Thread-safe.
 *
 * <p>Every method but {@link #info} throws {@link IOException} if the database cannot be used.
 */
@ProviderType
public interface Catalog {

    /** How it stands, as it was last brought up to date: without a look at the media. */
    CatalogInfo info();

    /**
     * Generations, by disk and number, after a look at the media.
     *
     * @param gone those that are gone, too
     */
    List<KnownGeneration> generations(boolean gone) throws IOException;

    /** Groups, by name: those that are configured, and those that generations are of; after a look at the media. */
    List<Group> groups() throws IOException;

    /**
     * Jobs, the newest first.
     *
     * @param kind such as {@code backup}; null: all
     * @param limit how many at most
     */
    List<JobInfo> jobs(String kind, int limit) throws IOException;

    /**
     * Makes the catalog anew, from the media, the configuration and the records of jobs that the home has. What nobody else
     * knows is forgotten: generations that are gone or away, and older jobs. A damaged database in the home gets another name.
     */
    Job rebuild() throws IOException;
}
