package org.hikae.media.index;

import java.util.Arrays;

/**
 * Bytes under a key.
 *
 * @param key in whose order, as unsigned numbers, records are sorted; not to be changed, as the value
 */
@SuppressWarnings("ArrayRecordComponent") // compared by their keys alone
public record Keyed(byte[] key, byte[] value) implements Comparable<Keyed> {

    /** Bytes of memory that it takes, about. */
    int bytes() {
        return 64 + key.length + value.length;
    }

    @Override
    public int compareTo(Keyed other) {
        return Arrays.compareUnsigned(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Keyed that && Arrays.equals(key, that.key) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }
}
