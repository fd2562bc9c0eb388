package org.hikae.api.files;

import java.util.List;
import java.util.UUID;

/**
 * What is known of where a run is durable with all it has, by the receipts of the centers at the end of the way (R23).
 *
 * @param run the one that is meant: of another one of its number this says nothing
 * @param centers ids of those that have it, in ascending order, at most {@link #MAX_CENTERS}
 * @param everywhere whether these are all that are to have it
 * @param lost whether it is not, or not any more, where it was asked for: it has to be sent again, unless it is everywhere
 */
public record Confirmation(RunKey run, List<UUID> centers, boolean everywhere, boolean lost) {

    /** Centers that are named at most. */
    public static final int MAX_CENTERS = 100;

    /** Cuts the list where it is too long. */
    public Confirmation {
        centers = centers.stream().sorted().distinct().limit(MAX_CENTERS).toList();
    }

    /** Nobody has said anything. */
    public static Confirmation none(RunKey run) {
        return new Confirmation(run, List.of(), false, false);
    }

    /** The same of a run that is called otherwise. */
    public Confirmation of(RunKey other) {
        return new Confirmation(other, centers, everywhere, lost);
    }
}
