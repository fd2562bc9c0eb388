package org.hikae.files.center.plan;

import java.time.Instant;
import java.util.List;

/**
 * What to do now: in this order, so that no limit is exceeded in between.
 *
 * @param next when to ask again at the latest, if nothing happens before; may be at once
 */
public record Decisions(List<Decision> list, Instant next) {

    public Decisions {
        list = List.copyOf(list);
    }
}
