package org.hikae.tape.store.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.tape.store.Extent;

/** In which order copies are read that lie on the same cartridges: in that of the tape, as far as that of their bytes allows it. */
final class ReadPlan {

    /** By cartridges, in the order in which they are met first. */
    private final Map<UUID, List<Part>> parts = new LinkedHashMap<>();

    /**
     * An extent to be read.
     *
     * @param index of the extent in its copy
     */
    record Part(Reading reading, int index) {

        Extent extent() {
            return reading.extents().get(index);
        }

        /** Whether all before it was read. */
        boolean isNext() {
            return reading.isNext(index);
        }
    }

    ReadPlan(List<Reading> readings) {
        for (Reading reading : readings) {
            for (int i = 0; i < reading.extents().size(); i++) {
                Part part = new Part(reading, i);
                parts.computeIfAbsent(part.extent().volume(), key -> new ArrayList<>())
                        .add(part);
            }
        }
        parts.values()
                .forEach(list ->
                        list.sort(Comparator.comparing(part -> part.extent().block())));
    }

    /**
     * A cartridge that has something which can be read now.
     *
     * @param preferred this one if it has; null: any
     * @return null if there is nothing to be read any more
     */
    UUID next(UUID preferred) {
        if (preferred != null && hasNext(preferred)) {
            return preferred;
        }
        return parts.keySet().stream().filter(this::hasNext).findFirst().orElse(null);
    }

    private boolean hasNext(UUID volume) {
        return parts.getOrDefault(volume, List.of()).stream().anyMatch(Part::isNext);
    }

    /** What is to be read of a cartridge in one go, by positions; of what cannot be read yet, it is read later. */
    List<Part> of(UUID volume) {
        List<Part> list = parts.get(volume);
        list.removeIf(part -> part.reading().isOver());
        return List.copyOf(list);
    }
}
