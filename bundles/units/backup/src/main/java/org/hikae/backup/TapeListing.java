package org.hikae.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.StoredObjects.StoredObject;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of generations is on tape. */
final class TapeListing {

    private static final Logger LOG = LoggerFactory.getLogger(TapeListing.class);

    private final Set<String> pools = new TreeSet<>();
    private final Set<String> cartridges = new TreeSet<>();
    private long bytes;
    private int missing;
    private Instant written;
    private Instant proven = Instant.MAX;
    private String problem;

    private TapeListing() {}

    /** By disk and number. */
    static List<GenerationOnTape> all(Generations generations, SecondTier tier) throws IOException {
        List<GenerationInfo> readable = generations.list().stream()
                .filter(each -> each.problem() == null)
                .sorted(Comparator.comparing(GenerationInfo::disk).thenComparing(GenerationInfo::number))
                .toList();
        List<GenerationOnTape> all = new ArrayList<>();
        for (GenerationInfo each : readable) {
            try (StoredObjects objects = hold(each, generations)) {
                GenerationOnTape listed = objects == null ? null : of(objects, tier);
                if (listed != null && listed.written() != null) {
                    all.add(listed);
                }
            }
        }
        return all;
    }

    /** Null if it cannot be: it was removed since, or is damaged, which is told where generations are listed. */
    static StoredObjects hold(GenerationInfo generation, Generations generations) {
        try {
            return generations.objects(generation.id());
        } catch (IOException e) {
            LOG.debug("generation {} is left out", generation.id(), e);
            return null;
        }
    }

    private static GenerationOnTape of(StoredObjects objects, SecondTier tier) throws IOException {
        TapeListing listing = new TapeListing();
        for (StoredObject each : objects.list()) {
            listing.add(each, tier.copies(each.medium(), each.name()));
        }
        boolean all = listing.missing == 0 && listing.proven != null;
        return new GenerationOnTape(
                objects.generation(),
                List.copyOf(listing.pools),
                List.copyOf(listing.cartridges),
                listing.bytes,
                listing.missing,
                listing.written,
                all ? listing.proven : null,
                listing.problem);
    }

    private void add(StoredObject object, List<TierCopy> copies) {
        if (copies.isEmpty()) {
            missing++;
            return;
        }
        bytes += object.length();
        copies.forEach(copy -> {
            pools.add(copy.pool());
            cartridges.addAll(copy.cartridges());
            problem = problem == null ? copy.problem() : problem;
        });
        Instant first = copies.stream()
                .map(TierCopy::written)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        written = written == null || first.isAfter(written) ? first : written;
        Instant last = copies.stream()
                .filter(TierCopy::isProven)
                .map(TierCopy::proven)
                .max(Comparator.naturalOrder())
                .orElse(null);
        proven = proven == null || last == null ? null : last.isBefore(proven) ? last : proven;
    }
}
