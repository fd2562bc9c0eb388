package org.hikae.media.store;

import java.io.IOException;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierSource;

/** Copies generations to a second tier, as those do who know only the services. */
final class Copying {

    private Copying() {}

    /** Copies a generation, all of it, in the order in which it was written. */
    static void copy(GenerationStore store, SecondTier tier, String id) throws IOException {
        try (StoredObjects objects = store.objects(id)) {
            List<TierSource> sources = objects.list().stream()
                    .map(object -> new TierSource(
                            object.medium(),
                            object.mediumName(),
                            object.name(),
                            object.length(),
                            () -> objects.open(object)))
                    .toList();
            tier.copy(sources, "default", false, Progress.NONE);
        }
    }

    static Eviction evict(GenerationStore store, SecondTier tier, String id) throws IOException {
        copy(store, tier, id);
        return store.evict(id);
    }
}
