package org.hikae.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.media.Generations;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.StoredObjects.StoredObject;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;

/**
 * How far a generation has come to tape.
 *
 * @param inPool whether the pool has proven copies of all its objects
 * @param onTape whether there are proven copies of all of them in whatever pools
 * @param since when there first were copies of all that are proven by now; null if not all are
 * @param hasData whether there are data or log; if not, nothing has changed since the generation that it builds upon
 * @param near bytes of data and log that its media hold, by their names
 */
record TapeState(boolean inPool, boolean onTape, Instant since, boolean hasData, Map<String, Long> near) {

    /** @throws IOException if its manifest cannot be read, or it is not known what is on tape */
    static TapeState of(String generation, Generations generations, SecondTier tier, String pool) throws IOException {
        try (StoredObjects objects = generations.objects(generation)) {
            boolean inPool = true;
            boolean onTape = true;
            boolean hasData = false;
            Instant since = Instant.MIN;
            Map<String, Long> near = new HashMap<>();
            for (StoredObject object : objects.list()) {
                List<TierCopy> proven = proven(object, tier);
                inPool &= proven.stream().anyMatch(copy -> copy.pool().equals(pool));
                onTape &= !proven.isEmpty();
                Instant first = proven.stream()
                        .map(TierCopy::written)
                        .min(Instant::compareTo)
                        .orElse(Instant.MAX);
                since = first.isAfter(since) ? first : since;
                hasData |= object.bulk() && object.length() > 0;
                if (object.bulk() && object.near()) {
                    near.merge(object.mediumName(), object.length(), Long::sum);
                }
            }
            return new TapeState(inPool, onTape, onTape ? since : null, hasData, near);
        }
    }

    private static List<TierCopy> proven(StoredObject object, SecondTier tier) throws IOException {
        return tier.copies(object.medium(), object.name()).stream()
                .filter(TierCopy::isProven)
                .toList();
    }

    /** Whether data and log have left its media. */
    boolean isEvicted() {
        return hasData && !isNear();
    }

    /** Whether there is anything on its media that could leave them. */
    boolean isNear() {
        return near.values().stream().anyMatch(bytes -> bytes > 0);
    }

    long nearOn(String medium) {
        return near.getOrDefault(medium, 0L);
    }
}
