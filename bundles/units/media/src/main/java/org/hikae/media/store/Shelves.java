package org.hikae.media.store;

import java.util.Map;
import java.util.WeakHashMap;
import org.hikae.media.medium.UsableMedium;

/** A shelf for each open medium; one that is closed, and with it all that is known of it, is forgotten. Thread-safe. */
final class Shelves {

    /** Guarded by this. */
    private final Map<UsableMedium, Shelf> shelves = new WeakHashMap<>();

    synchronized Shelf of(UsableMedium medium) {
        return shelves.computeIfAbsent(medium, key -> new Shelf());
    }
}
