package org.hikae.files.center.common;

import java.util.UUID;

/**
 * Bytes of an object that lie elsewhere.
 *
 * @param position of the first one in the object
 * @param length 1 at least
 * @param common id of the object in which they lie
 * @param offset of the first one there
 */
public record Cut(long position, int length, UUID common, long offset) {

    /** Position in the object behind them. */
    long end() {
        return position + length;
    }
}
