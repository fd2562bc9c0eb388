package org.hikae.api.media.spi;

/**
 * The space of a medium.
 *
 * @param total bytes in all; -1 if there is no such number
 * @param free bytes that can still be written; -1 if that is not known
 */
public record MediumSpace(long total, long free) {}
