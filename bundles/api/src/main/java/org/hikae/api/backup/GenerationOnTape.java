package org.hikae.api.backup;

import java.time.Instant;
import java.util.List;

/**
 * What of a generation is on tape. What it builds upon does not count.
 *
 * @param generation its id
 * @param pools pools that hold copies, sorted
 * @param cartridges barcodes of those that hold copies, sorted
 * @param bytes of its objects that have a copy
 * @param missing number of its objects that have none
 * @param written when the last of its objects got its first copy
 * @param proven when all its objects were last read back and right, the earliest of these times; null: not all were
 * @param problem what is wrong with a copy, in a sentence; null if nothing is known
 */
public record GenerationOnTape(
        String generation,
        List<String> pools,
        List<String> cartridges,
        long bytes,
        int missing,
        Instant written,
        Instant proven,
        String problem) {}
