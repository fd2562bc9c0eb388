package org.hikae.tape.store;

import java.time.Instant;
import java.util.List;

/**
 * A whole copy of an object on tape.
 *
 * @param number by which the store knows it; never given twice
 * @param length bytes of the object
 * @param sha256 of all its bytes, holes as zeros
 * @param pool that it was written to
 * @param extents where its bytes lie, by ascending offsets; what is between them is zeros
 * @param written when it was committed
 * @param proven when it was read back and right; null: never
 * @param problem why it cannot be relied upon; null: nothing is known
 */
public record Copy(
        long number,
        long length,
        byte[] sha256,
        String pool,
        List<Extent> extents,
        Instant written,
        Instant proven,
        String problem) {

    /** Bytes on tape; holes do not count. */
    public long stored() {
        return extents.stream().mapToLong(Extent::length).sum();
    }
}
