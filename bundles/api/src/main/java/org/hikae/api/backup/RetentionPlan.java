package org.hikae.api.backup;

import java.util.List;
import org.hikae.api.media.MergeRequest;

/**
 * What keeping to a {@link Retention} means.
 *
 * @param entries the generations of the disk, or of the group, the oldest first
 * @param merges in the order in which they are made
 * @param removals ids of those that are removed after that, in that order; nothing is if a merge fails
 */
public record RetentionPlan(List<Entry> entries, List<MergeRequest> merges, List<String> removals) {

    /**
     * A generation.
     *
     * @param generation its id
     * @param kept why it is kept, such as {@code daily, weekly}, or cannot be merged; null: it is not
     * @param into id of the one that it becomes part of; null if it is kept, or, with {@code kept} null too, removed
     */
    public record Entry(String generation, String kept, String into) {}
}
