package org.hikae.media.write;

import org.hikae.media.medium.UsableMedium;

/**
 * The log of a generation in the making.
 *
 * @param medium where it lies
 */
record WrittenLog(PackedLog sink, UsableMedium medium, boolean laidOver) {}
