package org.hikae.media.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hikae.media.format.GenerationId;

/** The objects to which manifests refer, on whatever medium: names are not given twice (R19). */
final class Referred {

    private final Set<String> names = new HashSet<>();
    /** By disk, the highest number of a generation with a manifest that cannot be read. */
    private final Map<String, Long> unreadable = new HashMap<>();

    Referred(Collection<Sighting> manifests) {
        for (Sighting each : manifests) {
            if (each.stored() == null) {
                unreadable.merge(each.id().disk(), each.id().number(), Math::max);
            } else {
                each.stored().manifest().all().forEach(object -> names.add(object.name()));
            }
        }
    }

    Set<String> names() {
        return names;
    }

    /**
     * Whether it is known that nothing refers to an object of a generation. Manifests refer to objects of their own
     * generation, and of those of its disk with lower numbers.
     */
    boolean isUnneeded(GenerationId id, String name) {
        return !names.contains(name) && id.number() > unreadable.getOrDefault(id.disk(), 0L);
    }
}
