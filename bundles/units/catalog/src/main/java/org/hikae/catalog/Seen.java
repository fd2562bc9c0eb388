package org.hikae.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hikae.api.group.Group;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationInfo;

/**
 * How things stand in truth.
 *
 * @param order of the looks by their beginnings: what began later knows better
 * @param when it was looked
 * @param jobs those that the home has
 * @param shelves what is on the media; null: nobody looked there
 */
record Seen(long order, Instant when, List<JobInfo> jobs, Shelves shelves) {

    /**
     * What is on the media, and which groups are configured.
     *
     * @param generations those that were seen
     * @param media names of the media that could be looked at: what is not on them any more is gone
     */
    record Shelves(List<GenerationInfo> generations, Set<String> media, List<Group> groups) {}
}
