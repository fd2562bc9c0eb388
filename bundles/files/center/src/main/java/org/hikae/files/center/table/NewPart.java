package org.hikae.files.center.table;

import java.util.List;

/**
 * A part that is on a medium, as it says itself.
 *
 * @param taken of its run, milliseconds since 1970
 * @param info announcement of its run, as text
 * @param row the part, with any number for its run
 * @param positions of its frames in the object, the first one's first
 */
public record NewPart(
        String origin,
        String backup,
        long number,
        long base,
        long taken,
        String info,
        PartRow row,
        long[] positions,
        List<NewEntry> entries) {}
